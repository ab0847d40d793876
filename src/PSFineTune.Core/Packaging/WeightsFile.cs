namespace PSFineTune.Packaging;

/// <summary>
/// The one door to weights that somebody published: a safetensors file, a PyTorch file, the index of either in shards, or a
/// folder that has one of them. What a file is, its first bytes say, whatever it is called.
/// </summary>
static class WeightsFile
{
    // As Hugging Face names them, the safe form first.
    static readonly string[] s_names = [.. WeightsFormat.All.Select(format => format.FolderName).OfType<string>().SelectMany(name => new[] { name, name + ShardedWeights.Ending })];

    // What wrappers put before every name: DataParallel, torch.compile, and the usual attribute of a module of Lightning.
    static readonly string[] s_wrappers = ["module.", "_orig_mod.", "model."];

    /// <summary>The file that a path means: in a folder, the first that is there of model.safetensors, pytorch_model.bin and the index of either.</summary>
    /// <param name="path">A file, or a folder.</param>
    /// <exception cref="FineTuneException">WeightsNotFound: the folder has none. A file need not be there.</exception>
    public static string Find(string path) => Directory.Exists(path)
        ? s_names.Select(name => Path.Combine(path, name)).FirstOrDefault(File.Exists) ?? throw Fault.NoWeightsInFolder(path, s_names)
        : path;

    /// <summary>Metadata, tensors in float32 and int64, and the hash that tells the file, or all shards with their index, from any other.</summary>
    /// <exception cref="FineTuneException">WeightsNotFound, CannotRead, InvalidSafetensors, InvalidPyTorchFile, UnsafePyTorchFile, LegacyPyTorchFile, InvalidWeightsIndex.</exception>
    public static SafetensorsContent ReadFile(string path)
    {
        path = Find(path);
        return Opened(path, file =>
        {
            var content = ShardedWeights.IsIndex(First(file)) ? ShardedWeights.Read(file, path) : Read(file, path);
            return content with { Tensors = Unwrapped(content.Tensors) };
        });
    }

    /// <summary>The hash of <see cref="ReadFile"/>, without the tensors.</summary>
    /// <exception cref="FineTuneException">WeightsNotFound, CannotRead, InvalidWeightsIndex.</exception>
    public static string Sha256(string path)
    {
        path = Find(path);
        return Opened(path, file => ShardedWeights.IsIndex(First(file)) ? ShardedWeights.Sha256(file, path) : HashOf(file));
    }

    /// <summary>The file itself, and the shards where it is their index; full path where it is.</summary>
    /// <exception cref="FineTuneException">WeightsNotFound, CannotRead, InvalidWeightsIndex.</exception>
    public static IReadOnlyList<string> Files(string path)
    {
        path = Find(path);
        return Opened(path, file => (string[])[path, .. ShardedWeights.IsIndex(First(file)) ? ShardedWeights.Shards(file, path) : []]);
    }

    /// <summary>Whether it is the index of weights in shards.</summary>
    /// <exception cref="FineTuneException">WeightsNotFound, CannotRead.</exception>
    public static bool IsSharded(string path) => Opened(Find(path), file => ShardedWeights.IsIndex(First(file)));

    /// <summary>One file, under the names that it gives its tensors.</summary>
    internal static SafetensorsContent Read(FileStream file, string path)
    {
        var first = First(file);
        var format = WeightsFormat.All.FirstOrDefault(format => format.Is(first)) ?? throw Fault.NotWeights(path, OtherForms.Guess(first));
        file.Position = 0;
        return format.Read(file, path);
    }

    internal static T Opened<T>(string path, Func<FileStream, T> read)
    {
        if (!File.Exists(path)) throw Fault.WeightsNotFound(path);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            return read(file);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }

    internal static string HashOf(Stream file)
    {
        file.Position = 0;
        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(file)).ToLowerInvariant();
    }

    static byte[] First(FileStream file)
    {
        var first = new byte[Math.Min(512, file.Length)];
        file.Position = 0;
        file.ReadExactly(first);
        return first;
    }

    static IReadOnlyDictionary<string, StoredTensor> Unwrapped(IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        foreach (var wrapper in s_wrappers)
            if (tensors.Count > 0 && tensors.Keys.All(name => name.Length > wrapper.Length && name.StartsWith(wrapper, StringComparison.Ordinal)))
                tensors = tensors.Values.Select(tensor => tensor with { Name = tensor.Name[wrapper.Length..] }).ToDictionary(tensor => tensor.Name);
        return tensors;
    }
}
