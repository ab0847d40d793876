using PSFineTune.Packaging.PyTorch;

namespace PSFineTune.Packaging;

/// <summary>A form that published weights have: what it is known by, and how it is read.</summary>
/// <param name="FolderName">What Hugging Face calls a file of it in a model's folder; null where there is no such name.</param>
/// <param name="Endings">Of names of files.</param>
/// <param name="Is">Whether a file is of it, by its first 512 bytes or all of a shorter one.</param>
/// <param name="Read">The file, at its first byte, and its path for faults; to its tensors, under the names that it gives them.</param>
sealed record WeightsFormat(string? FolderName, IReadOnlyList<string> Endings, Func<byte[], bool> Is, Func<FileStream, string, SafetensorsContent> Read)
{
    public static WeightsFormat Safetensors { get; } = new("model.safetensors", [".safetensors"], Packaging.Safetensors.Is, (file, path) => Packaging.Safetensors.Read(file, file.Length, path));

    public static WeightsFormat PyTorch { get; } = new("pytorch_model.bin", [".pth", ".pt", ".bin", ".ckpt"], first => first.Length >= 9 && TorchFile.Is(first),
        (file, path) => new(new Dictionary<string, string>(), TorchFile.Read(file, path), WeightsFile.HashOf(file)));

    static WeightsFormat OldPyTorch { get; } = new(null, [".tar"], first => TorchFile.IsTar(first), (_, path) => throw Fault.LegacyPyTorchFile(path, "a PyTorch file from before version 0.1.10"));

    /// <summary>All, the safest first.</summary>
    public static IReadOnlyList<WeightsFormat> All { get; } = [Safetensors, PyTorch, OldPyTorch];

    /// <summary>Whether a file's name says that it is of this form.</summary>
    public bool Names(string file) => Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
