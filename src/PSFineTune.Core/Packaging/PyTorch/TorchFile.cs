namespace PSFineTune.Packaging.PyTorch;

/// <summary>Files of torch.save: the zip of today, and what it wrote before PyTorch 1.6.</summary>
static class TorchFile
{
    const string PickleName = "data.pkl", OrderName = "byteorder";

    // Steps of a pickle: so many for little files, and one more for so many bytes of large ones.
    const long FewSteps = 200_000, BytesAStep = 32;

    static readonly byte[] s_magic = [0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.'];

    /// <summary>Whether a file begins as one of torch.save does, a zip since 1.6 or a pickle of protocol 2 to 5; then it is nothing else. A header of safetensors may begin as a pickle, but has a brace behind its length.</summary>
    /// <param name="first">Its first bytes, nine or more.</param>
    public static bool Is(ReadOnlySpan<byte> first) => first.StartsWith("PK\x03\x04"u8) || (first[0] == 0x80 && first[1] is >= 2 and <= 5 && first[8] != '{');

    /// <summary>Whether it is the archive of files that PyTorch wrote before version 0.1.10.</summary>
    /// <param name="first">Its first 512 bytes.</param>
    public static bool IsTar(ReadOnlySpan<byte> first) => first.Length >= 262 && first[257..262].SequenceEqual("ustar"u8);

    /// <summary>The tensors of its state dict, under the names that it gives them; it is read as data, and nothing in it is called.</summary>
    /// <param name="file">One for which <see cref="Is"/> holds; read from where it likes.</param>
    /// <param name="path">To name in a fault.</param>
    /// <exception cref="FineTuneException">InvalidPyTorchFile, UnsafePyTorchFile, LegacyPyTorchFile.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Read(Stream file, string path)
    {
        try
        {
            file.Position = 0;
            var (tensors, place) = file.ReadByte() == 'P' ? Zipped(file, path) : Legacy(file, path);
            var values = new TorchValues(file, place);
            return tensors.ToDictionary(tensor => tensor.Name, tensor => values.Read(tensor.Name, tensor.Tensor));
        }
        catch (Exception wrong) when (wrong is FormatException or EndOfStreamException)
        {
            throw Fault.InvalidPyTorchFile(path, wrong is FormatException ? wrong.Message : "it ends before its data do");
        }
        catch (PickleCodeException wrong)
        {
            throw TorchConstructors.DataThat(wrong.Name) is { } data ? Fault.InvalidPyTorchFile(path, $"it holds {data}, which are not read") : Fault.UnsafePyTorchFile(path, $"a call of {TorchArchive.Named(wrong.Name)}");
        }
    }

    static (IReadOnlyList<(string Name, TorchTensor Tensor)>, Func<string, TorchStretch?>) Zipped(Stream file, string path)
    {
        var archive = new TorchArchive(file);
        var pickles = archive.Names.Where(name => name == PickleName || (name.EndsWith("/" + PickleName, StringComparison.Ordinal) && name.IndexOf('/') == name.Length - PickleName.Length - 1)).ToList();
        if (pickles is not [var pickle]) throw new FormatException("it is a zip file with no data.pkl, which torch.save makes");
        var folder = pickle[..^PickleName.Length];
        if (archive.Names.Contains(folder + "constants.pkl")) throw Fault.UnsafePyTorchFile(path, "a TorchScript program");
        if (archive.Find(folder + OrderName) is { } order && Order(file, order) != "little") throw new FormatException("its numbers have the byte order of another kind of processor");
        var stretch = archive.Find(pickle)!.Value;
        file.Position = stretch.Start;
        return (TorchStateDict.Of(NewReader(file, stretch.Start + stretch.Length).Read()), key => archive.Find($"{folder}data/{key}"));
    }

    static string Order(Stream file, TorchStretch stretch)
    {
        file.Position = stretch.Start;
        return new PickleBytes(file, stretch.Start + stretch.Length).Text(Math.Min(stretch.Length, 8));
    }

    // Magic number, version, what the machine was like, the value, the keys of storages; then their counts and bytes.
    static (IReadOnlyList<(string Name, TorchTensor Tensor)>, Func<string, TorchStretch?>) Legacy(Stream file, string path)
    {
        file.Position = 0;
        var bytes = new PickleBytes(file, file.Length);
        if (bytes.Left < 2 + s_magic.Length || bytes.Next() != 0x80 || bytes.Next() != 2 || !bytes.Take(s_magic.Length).AsSpan().SequenceEqual(s_magic)) throw Fault.LegacyPyTorchFile(path, "a bare pickle");
        var steps = FewSteps + file.Length / BytesAStep;
        object? Next() => new PickleReader(bytes, steps).Read();
        if (Next() is not 1001L) throw Fault.LegacyPyTorchFile(path, "a PyTorch file of an unknown version");
        if (Next() is not PickleDict machine || machine.Pairs.Any(pair => pair.Key as string == "little_endian" && pair.Value is not true)) throw new FormatException("its numbers have the byte order of another kind of processor");
        var reader = new PickleReader(bytes, steps);
        var tensors = TorchStateDict.Of(reader.Read());
        var places = Places(file, bytes, Next() as List<object?> ?? throw new FormatException("it does not list its storages"), reader.Storages);
        return (tensors, key => places.TryGetValue(key, out var found) ? found : null);
    }

    // One behind the other, each after the count of its values.
    static Dictionary<string, TorchStretch> Places(Stream file, PickleBytes bytes, List<object?> keys, IReadOnlyDictionary<string, TorchStorage> storages)
    {
        var (places, at) = (new Dictionary<string, TorchStretch>(StringComparer.Ordinal), bytes.Position);
        foreach (var key in keys)
        {
            if (key is not string name || !storages.TryGetValue(name, out var storage)) throw new FormatException("it lists a storage that nothing looks at");
            file.Position = at;
            var count = new PickleBytes(file, file.Length).Number(8);
            if (count < 0 || count > (file.Length - at - 8) / storage.Type.Size) throw new FormatException($"storage '{TorchArchive.Named(name)}' claims {count} values, more than the file has");
            if (!places.TryAdd(name, new(at + 8, count * storage.Type.Size, null))) throw new FormatException($"it lists storage '{TorchArchive.Named(name)}' twice");
            at += 8 + count * storage.Type.Size;
        }
        return places;
    }

    static PickleReader NewReader(Stream file, long end) => new(new(file, end), FewSteps + file.Length / BytesAStep);
}
