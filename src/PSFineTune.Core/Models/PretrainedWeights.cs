using PSFineTune.Packaging;
using PSFineTune.Text;

namespace PSFineTune.Models;

/// <summary>Weights and the preprocessing they were trained with.</summary>
/// <param name="Source">The file.</param>
/// <param name="Spec">The architecture the shapes fit, such as another width of the one asked for.</param>
/// <param name="Tensors">By full name.</param>
/// <param name="Preprocessing">From the file, else by its hash, else the architecture's default; null for texts.</param>
/// <param name="IsAssumed">Nothing says so: the preprocessing is the architecture's default, which deserves a warning.</param>
/// <param name="Sha256">Of the file, lower-case hexadecimal.</param>
sealed record PretrainedWeights(string Source, NetworkSpec Spec, IReadOnlyDictionary<string, StoredTensor> Tensors, Preprocessing? Preprocessing, bool IsAssumed, string Sha256)
{
    /// <summary>The program that makes features, where the file is one.</summary>
    public ScriptBackbone? Script { get; init; }

    /// <summary>Words with vectors, where the file is of those; it then has no tensors.</summary>
    public WordVectors? Vectors { get; init; }

    /// <exception cref="FineTuneException">As <see cref="WeightsFile.ReadFile"/>.</exception>
    public static PretrainedWeights Read(string path, NetworkSpec spec) => From(WeightsFile.ReadFile(path), path, spec);

    /// <summary>The same from a stream, such as weights carried by the module.</summary>
    /// <exception cref="FineTuneException">InvalidSafetensors.</exception>
    public static PretrainedWeights Read(Stream stream, long length, string source, NetworkSpec spec) =>
        From(Safetensors.Read(stream, length, source), source, spec);

    static PretrainedWeights From(SafetensorsContent content, string source, NetworkSpec spec)
    {
        spec = spec.FitTo(content.Tensors);
        var known = spec.DefaultPreprocessing is { } own ? PreprocessingNote.Read(content.Metadata, own, source) ?? PreprocessingNote.ByHash(content.Sha256) : null;
        return new(source, spec, content.Tensors, known ?? spec.DefaultPreprocessing, spec.DefaultPreprocessing is not null && known is null, content.Sha256);
    }
}
