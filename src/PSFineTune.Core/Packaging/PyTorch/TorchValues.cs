namespace PSFineTune.Packaging.PyTorch;

/// <summary>
/// Reads tensors' values out of a file. A tensor must lie within its storage, all together take no more bytes than the file
/// has, and no more than twice that once their kinds of numbers are those of ours; tensors that look at the same values share them, up to
/// eight times the file with every name counted: whoever writes them on writes each.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="place">Where a storage's bytes are, by its key; null where there are none.</param>
sealed class TorchValues(Stream file, Func<string, TorchStretch?> place)
{
    // A tensor may repeat a value or two by a stride of 0; what repeats more was never worth a file.
    const long Spare = 1 << 16;

    // Halves become floats; what grows more, such as truth values, must be the lesser part.
    const int MostWide = 2;

    // Columns of a matrix lie far apart: what is passed over is read, too.
    const int MostPassed = 8;

    // Networks tie a weight or two, such as the embedding and the output of a language model.
    const int MostNamed = 8;

    const int Piece = 1 << 16;

    readonly Dictionary<string, TorchStretch> _checked = [];
    readonly Dictionary<(string Key, TorchType Type, long Offset, string Sides), byte[]> _read = [];

    long _left = file.Length + Spare;
    long _leftWide = MostWide * (file.Length + Spare);
    long _leftPassed = MostPassed * (file.Length + Spare);
    long _leftNamed = MostNamed * (file.Length + Spare);

    /// <exception cref="FormatException">What is wrong, in words.</exception>
    public StoredTensor Read(string name, TorchTensor tensor)
    {
        var stretch = Checked(tensor.Storage);
        var (count, reach) = Extent(name, tensor);
        var key = (tensor.Storage.Key, tensor.Storage.Type, tensor.Offset, $"{string.Join(' ', tensor.Shape)}/{string.Join(' ', tensor.Strides)}");
        if (!_read.TryGetValue(key, out var values))
        {
            var (bytes, wide, passed) = (count * tensor.Storage.Type.Size, count * tensor.Storage.Type.WideSize, IsRowByRow(tensor) ? 0 : reach * tensor.Storage.Type.Size);
            if (bytes > _left) throw new FormatException($"its tensors claim more values than it has, at '{TorchArchive.Named(name)}' of shape [{string.Join(", ", tensor.Shape)}]");
            if (wide > _leftWide) throw new FormatException($"its small numbers would take more than {MostWide} times its size in memory, at '{TorchArchive.Named(name)}' of shape [{string.Join(", ", tensor.Shape)}]");
            if (passed > _leftPassed) throw new FormatException($"its tensors lie so far apart that reading them would be reading it more than {MostPassed} times, at '{TorchArchive.Named(name)}' with strides [{string.Join(", ", tensor.Strides)}]");
            if (reach * tensor.Storage.Type.Size > Array.MaxLength || count * 8 > Array.MaxLength) throw new FormatException($"tensor '{TorchArchive.Named(name)}' has over {Array.MaxLength / 8} values");
            (_left, _leftWide, _leftPassed) = (_left - bytes, _leftWide - wide, _leftPassed - passed);
            values = Values(tensor, stretch, count, reach);
            _read.Add(key, values);
        }
        if (values.Length > _leftNamed) throw new FormatException($"so many of its names stand for the same values that together they would take more than {MostNamed} times its size, at '{TorchArchive.Named(name)}'");
        _leftNamed -= values.Length;
        return new(name, tensor.Storage.Type.DType, tensor.Shape, values);
    }

    // How many values, and how far from the first to behind the last: only what lies within the storage is multiplied out.
    static (long Count, long Reach) Extent(string name, TorchTensor tensor)
    {
        var (shape, strides, most) = (tensor.Shape, tensor.Strides, tensor.Storage.Count);
        if (tensor.Offset < 0 || shape.Any(side => side < 0) || strides.Any(stride => stride < 0)) throw new FormatException($"tensor '{TorchArchive.Named(name)}' has a negative side, stride or offset");
        if (shape.Contains(0)) return (0, 0);
        var (count, last) = ((Int128)1, (Int128)0);
        for (var i = 0; i < shape.Length; i++)
        {
            count = Int128.Min(count * shape[i], long.MaxValue / 16);
            last = Int128.Min(last + (Int128)(shape[i] - 1) * strides[i], long.MaxValue / 16);
        }
        return tensor.Offset < most && last < most - tensor.Offset
            ? ((long)count, (long)last + 1)
            : throw new FormatException($"tensor '{TorchArchive.Named(name)}' of shape [{string.Join(", ", shape)}] reaches beyond its storage of {most} values");
    }

    TorchStretch Checked(TorchStorage storage)
    {
        if (!_checked.TryGetValue(storage.Key, out var stretch))
        {
            stretch = place(storage.Key) ?? throw new FormatException($"it lacks the storage '{TorchArchive.Named(storage.Key)}'");
            if (stretch.Crc is { } crc && CrcOf(stretch) != crc) throw new FormatException($"storage '{TorchArchive.Named(storage.Key)}' does not match its check sum: the file is damaged, or was written without check sums");
            _checked.Add(storage.Key, stretch);
        }
        return storage.Count <= stretch.Length / storage.Type.Size ? stretch : throw new FormatException($"storage '{TorchArchive.Named(storage.Key)}' claims {storage.Count} values and has {stretch.Length} bytes");
    }

    uint CrcOf(TorchStretch stretch)
    {
        var (crc, buffer) = (new Crc32(), new byte[Math.Min(1 << 16, stretch.Length)]);
        file.Position = stretch.Start;
        for (var left = stretch.Length; left > 0;)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, left));
            file.ReadExactly(piece);
            crc.Append(piece);
            left -= piece.Length;
        }
        return crc.Value;
    }

    byte[] Values(TorchTensor tensor, TorchStretch stretch, long count, long reach)
    {
        var (type, size, strides) = (tensor.Storage.Type, tensor.Storage.Type.Size, tensor.Strides);
        if (count == 0) return [];
        file.Position = stretch.Start + tensor.Offset * size;
        if (IsRowByRow(tensor)) return Wide(type, count);
        var covered = new byte[reach * size];
        file.ReadExactly(covered);

        var values = new byte[count * size];
        var place = new long[tensor.Shape.Length];
        for (long i = 0, from = 0; i < count; i++)
        {
            covered.AsSpan((int)(from * size), size).CopyTo(values.AsSpan((int)(i * size)));
            for (var side = place.Length - 1; side >= 0; side--)
            {
                from += strides[side];
                if (++place[side] < tensor.Shape[side]) break;
                from -= strides[side] * tensor.Shape[side];
                place[side] = 0;
            }
        }
        if (type.Widen is null) return values;
        var wide = new byte[count * type.WideSize];
        type.Widen(values, wide);
        return wide;
    }

    // What is made wide is read in pieces, so that it is in memory once.
    byte[] Wide(TorchType type, long count)
    {
        var wide = new byte[count * type.WideSize];
        if (type.Widen is null)
        {
            file.ReadExactly(wide);
            return wide;
        }
        var piece = new byte[Math.Min(Piece, count * type.Size)];
        for (long done = 0; done < count;)
        {
            var values = piece.AsSpan(0, (int)Math.Min(piece.Length, (count - done) * type.Size));
            file.ReadExactly(values);
            type.Widen(values, wide.AsSpan((int)(done * type.WideSize)));
            done += values.Length / type.Size;
        }
        return wide;
    }

    static bool IsRowByRow(TorchTensor tensor)
    {
        var expected = 1L;
        for (var side = tensor.Shape.Length - 1; side >= 0; side--)
        {
            if (tensor.Shape[side] == 1) continue;
            if (tensor.Strides[side] != expected) return false;
            expected *= tensor.Shape[side];
        }
        return true;
    }
}
