using PSFineTune.Downloads;
using PSFineTune.Models;

namespace PSFineTune.Packaging;

/// <summary>Writes weights of any form that is read as one safetensors file.</summary>
static class WeightsConversion
{
    const string Extension = ".safetensors";

    static readonly string[] s_endings = [ShardedWeights.Ending, .. WeightsFormat.All.SelectMany(format => format.Endings)];

    /// <summary>The file that a source is written to.</summary>
    /// <param name="source">A file, an index or a folder, full path.</param>
    /// <param name="destination">A file or folder, full path; null for beside the source.</param>
    /// <exception cref="FineTuneException">WeightsNotFound: a folder without weights.</exception>
    public static string Target(string source, string? destination)
    {
        var file = WeightsFile.Find(source);
        if (destination is not null && !Directory.Exists(destination) && !Path.EndsInDirectorySeparator(destination)) return destination;
        var name = Path.GetFileName(file);
        foreach (var ending in s_endings)
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) name = name[..^ending.Length];
        return Path.Combine(destination ?? Path.GetDirectoryName(file) ?? "", name + Extension);
    }

    /// <summary>The same tensors in float32 and int64, names in order, with the source's metadata under what is given.</summary>
    /// <param name="source">A file, an index or a folder, full path.</param>
    /// <param name="target">Replaced where it is there.</param>
    /// <param name="preprocessing">How the network wants pixels; null to leave what the source says.</param>
    /// <param name="metadata">Free text by key.</param>
    /// <exception cref="FineTuneException">As <see cref="WeightsFile.ReadFile"/>; BadPlanSetting; InvalidSafetensors: a note in the source or the metadata is none; NoRoom, CannotWrite.</exception>
    public static ConvertedWeights Write(string source, string target, Preprocessing? preprocessing, IReadOnlyDictionary<string, string> metadata)
    {
        preprocessing?.Validate();
        var file = WeightsFile.Find(source);
        var content = WeightsFile.ReadFile(file);
        var noted = new Dictionary<string, string>(content.Metadata);
        // How pixels were wanted is lost with the file's hash, by which it may be known.
        if ((preprocessing ?? PreprocessingNote.ByHash(content.Sha256)) is { } known) noted[PreprocessingNote.Key] = PreprocessingNote.Write(known).Value;
        foreach (var (key, value) in metadata) noted[key] = value;
        // What plans would refuse is not written, whoever noted it.
        PreprocessingNote.Read(noted, new(), target);
        // A PyTorch file may grow: its halves become floats, and values that several names share are written for each.
        DiskRoom.Require(Path.GetDirectoryName(target), content.Tensors.Values.Sum(tensor => (long)tensor.Bytes.Length));
        Safetensors.WriteFile(target, content.Tensors.Values, noted);
        return new()
        {
            Path = target, Source = file, Tensors = content.Tensors.Count, Bytes = new FileInfo(target).Length, Sha256 = WeightsFile.Sha256(target), SourceSha256 = content.Sha256,
            Values = content.Tensors.Values.Sum(tensor => (long)tensor.Bytes.Length / (tensor.DType == StoredTensor.Long ? 8 : 4)),
        };
    }
}
