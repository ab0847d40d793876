namespace PSFineTune.Data.Texts.Formats;

/// <summary>Cells parted by tabs. A quote is a character as any, as most such files have it, unless the first line begins with one, as Export-Csv writes it.</summary>
public sealed record Tsv : Delimited
{
    /// <summary>Whether cells may be quoted; null to take it from the first line.</summary>
    public bool? Quoted { get; init; }

    internal override int Fit(TextGlance glance) => glance.Extension is ".tsv" or ".tab" ? ByExtension : glance.NamesColumns('\t') ? ByHeader : 0;

    internal override TextFormat Found(TextGlance glance) => this with { Quoted = IsQuoted(glance.First) };

    private protected override string DelimiterFor(string line) => "\t";

    private protected override bool IsQuoted(string line) => Quoted ?? line.TrimStart().StartsWith('"');
}
