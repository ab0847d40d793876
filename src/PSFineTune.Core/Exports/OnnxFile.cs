using System.Security.Cryptography;
using Google.Protobuf;
using PSFineTune.Locking;
using PSFineTune.Models.Onnx.Schema;

namespace PSFineTune.Exports;

/// <summary>
/// ONNX models as files: one, or one and another that holds the weights. The latter is named after its content, so that a model
/// that is there goes on with its own weights until it is replaced, whenever the power fails.
/// </summary>
static class OnnxFile
{
    // What is smaller stays in the model; pages of memory begin at multiples of Page, as onnx.proto recommends.
    const int Small = 1024, Page = 4096;

    const int HashDigits = 12;

    static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>Writes into a folder beside, asks, and moves into place; where asking throws, nothing has changed.</summary>
    /// <param name="model">Changed where its weights get a file of their own.</param>
    /// <param name="export">Where to, and what is known of it.</param>
    /// <param name="externalAbove">Bytes of weights beyond which they get a file of their own.</param>
    /// <param name="check">Given the path of the model as it is written.</param>
    /// <param name="cancel">Ends waiting for another export to the same file.</param>
    /// <returns>What the check said, with the files.</returns>
    /// <exception cref="FineTuneException">CannotWrite; Locked, NoLocks: only where weights have a file of their own, or had; those of the check.</exception>
    public static OnnxExport Write(ModelProto model, OnnxExport export, long externalAbove, Func<string, OnnxExport> check, CancellationToken cancel = default)
    {
        var (folder, name) = (Path.GetDirectoryName(export.Path)!, Path.GetFileName(export.Path));
        try
        {
            using var beside = new OnnxFolder(folder, name);
            var data = model.Graph.Initializer.Sum(tensor => (long)tensor.RawData.Length) > externalAbove ? Externalize(model, beside.Path, name) : null;
            var written = Path.Combine(beside.Path, name);
            DurableFile.Write(written, model.WriteTo);
            var bytes = new FileInfo(written).Length + (data is null ? 0 : new FileInfo(Path.Combine(beside.Path, data)).Length);
            var said = check(written);
            Place(beside.Path, folder, name, data, cancel);
            return said with { Bytes = bytes, DataPath = data is null ? null : Path.Combine(folder, data) };
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotWrite(export.Path, wrong);
        }
    }

    // Of two exports at a time each would take the other's weights for those that are no longer needed. What has none, and finds none, is in nobody's way.
    static void Place(string beside, string folder, string name, string? data, CancellationToken cancel)
    {
        IEnumerable<string> Others() => Directory.EnumerateFiles(folder, "*.data").Where(file => IsData(Path.GetFileName(file), name) && Path.GetFileName(file) != data);
        using var held = data is null && !Others().Any() ? null
            : FineTuneLock.Acquire(Path.Combine(folder, $".{name}.lock"), $"moving {name} into place", LockPolicy.Wait, s_patience, cancel);
        if (data is not null) File.Move(Path.Combine(beside, data), Path.Combine(folder, data), overwrite: true);
        File.Move(Path.Combine(beside, name), Path.Combine(folder, name), overwrite: true);
        if (held is null) return;
        foreach (var old in Others().ToList()) Leftovers.TryRemove(old);
    }

    /// <summary>A model from a file, without the weights that lie in another.</summary>
    /// <exception cref="FineTuneException">CannotRead.</exception>
    public static ModelProto Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return ModelProto.Parser.ParseFrom(stream);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or InvalidProtocolBufferException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }

    // Returns the file's name, which the model knows.
    static string Externalize(ModelProto model, string folder, string name)
    {
        var temporary = Path.Combine(folder, "weights");
        var large = model.Graph.Initializer.Where(tensor => tensor.RawData.Length >= Small).ToList();
        var offsets = new List<long>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        DurableFile.Write(temporary, stream =>
        {
            foreach (var tensor in large)
            {
                var padding = new byte[(Page - stream.Position % Page) % Page];
                stream.Write(padding);
                hash.AppendData(padding);
                offsets.Add(stream.Position);
                stream.Write(tensor.RawData.Span);
                hash.AppendData(tensor.RawData.Span);
            }
        });
        var data = $"{name}.{Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant()[..HashDigits]}.data";
        File.Move(temporary, Path.Combine(folder, data));
        foreach (var (tensor, offset) in large.Zip(offsets))
        {
            foreach (var (key, value) in new[] { ("location", data), ("offset", FormattableString.Invariant($"{offset}")), ("length", FormattableString.Invariant($"{tensor.RawData.Length}")) })
                tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
            (tensor.DataLocation, tensor.RawData) = (TensorProto.Types.DataLocation.External, ByteString.Empty);
        }
        return data;
    }

    static bool IsData(string file, string name) => file.StartsWith(name, StringComparison.Ordinal) && file.Length == name.Length + HashDigits + ".".Length + ".data".Length
        && file.AsSpan(name.Length + 1, HashDigits).IndexOfAnyExcept("0123456789abcdef") < 0;
}
