using System.Text.Json.Serialization;
using PSFineTune.Downloads;
using PSFineTune.Models;

namespace PSFineTune.Pretrained;

/// <summary>Weights that somebody publishes, one line of the catalogue.</summary>
sealed record PretrainedEntry
{
    /// <summary>What they are called here and in the cache; letters, digits and -_.@+ only.</summary>
    public string Name { get; init; } = "";

    /// <summary>The network they are of, as Get-ModelArchitecture lists it; empty where nobody says.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>The publisher's server, an https address; a mirror takes its place.</summary>
    public string Url { get; init; } = "";

    /// <summary>Folder below the server, as it stands in an address, with a slash at its end; empty for none.</summary>
    public string Folder { get; init; } = "";

    public IReadOnlyList<PretrainedFile> Files { get; init; } = [];

    /// <summary>As SPDX writes it; empty where it is not known.</summary>
    public string Licence { get; init; } = "";

    /// <summary>How the network wants pixels; null for the architecture's own.</summary>
    public Preprocessing? Preprocessing { get; init; }

    /// <summary>A page that says how they were made.</summary>
    public string Page { get; init; } = "";

    /// <summary>A Hugging Face repository.</summary>
    /// <param name="id">Such as google-bert/bert-base-uncased.</param>
    /// <param name="revision">A branch, tag or commit.</param>
    /// <exception cref="FineTuneException">BadRepository.</exception>
    public static PretrainedEntry OfRepository(string id, string revision)
    {
        // Hugging Face has none with two dashes, which stand for the slash here.
        if (!IsName(id.Replace("/", "")) || id.Split('/').Length > 2 || id.Contains("--", StringComparison.Ordinal) || id.Split('/').Any(IsBare)) throw Fault.BadRepository(id);
        if (!IsName(revision.Replace("/", "")) || revision.Split('/').Any(IsBare)) throw Fault.BadRepository($"{id}@{revision}");
        return new()
        {
            Name = id.Replace("/", "--") + (revision == "main" ? "" : "@" + revision.Replace('/', '+')), Url = "https://huggingface.co/", Folder = $"{id}/resolve/{Uri.EscapeDataString(revision)}/",
            Files = [new() { Name = "model.safetensors", Or = "pytorch_model.bin" }, .. s_besides.Select(name => new PretrainedFile { Name = name, IsOptional = true })],
            Page = $"https://huggingface.co/{id}",
        };
    }

    static readonly string[] s_besides = ["config.json", "vocab.txt", "tokenizer_config.json"];

    // Windows knows no names with a dot at their end.
    static bool IsBare(string part) => part.Length == 0 || part[^1] == '.';

    static bool IsName(string text) => text.Length is > 0 and <= 96 && text.All(character => char.IsAsciiLetterOrDigit(character) || "-_.".Contains(character));
}

/// <summary>A file of published weights.</summary>
sealed record PretrainedFile
{
    public string Name { get; init; } = "";

    /// <summary>Asked for where there is none of the name; null for nothing.</summary>
    public string? Or { get; init; }

    /// <summary>Null where the publisher does not say.</summary>
    public long? Bytes { get; init; }

    /// <summary>As many digits as the publisher gives, from the first; null for none.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Not every publisher has it, and it may lack.</summary>
    public bool IsOptional { get; init; }

    [JsonIgnore]
    public IReadOnlyList<string> Names => Or is null ? [Name] : [Name, Or];

    /// <summary>What the publisher says of a file; nothing of the one in its place.</summary>
    public FileFacts FactsOf(string name) => name == Name ? Facts : FileFacts.None;

    [JsonIgnore]
    public FileFacts Facts => new() { Bytes = Bytes, Sha256 = Sha256 };
}
