namespace PSFineTune.Data.Texts.Formats;

/// <summary>Cells parted by commas, or what the first line has: semicolons, tabs, bars. Quoted cells may hold line breaks (RFC 4180).</summary>
public sealed record Csv : Delimited
{
    /// <summary>What parts cells; empty to take it from the first line.</summary>
    public string Delimiter { get; init; } = "";

    internal override string Description => $"Csv parted by '{Delimiter.Replace("\t", "tab")}'";

    internal override int Fit(TextGlance glance) => glance.Extension == ".csv" ? ByExtension : ",;|".Any(glance.NamesColumns) ? ByHeader : 0;

    internal override TextFormat Found(TextGlance glance) => this with { Delimiter = DelimiterFor(glance.First) };

    private protected override string DelimiterFor(string line) => Delimiter.Length > 0 ? Delimiter : DelimitedText.DelimiterOf(line);

    private protected override bool IsQuoted(string line) => true;
}
