using System.Text;
using PSFineTune.Data;

namespace PSFineTune.Tests;

/// <summary>A folder of text files and a workspace beside it, for tests of imports.</summary>
sealed class TextFolder : IDisposable
{
    readonly TempFolder _temp = new();

    public string Workspace => _temp["workspace"];

    public string this[string relative] => Path.Combine(_temp["texts"], relative);

    public TextFolder With(string relative, string text, Encoding? encoding = null) => With(relative, [.. (encoding ?? new UTF8Encoding(false)).GetPreamble(), .. (encoding ?? new UTF8Encoding(false)).GetBytes(text)]);

    public TextFolder With(string relative, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[relative])!);
        File.WriteAllBytes(this[relative], bytes);
        return this;
    }

    public TextDataset Import(string relative = "", Func<TextDatasetReference, TextDatasetReference>? change = null) =>
        TextDataset.Import((change ?? (same => same))(new() { Root = this[relative], ValidationFraction = 0.3 }), Workspace, Xunit.TestContext.Current.CancellationToken);

    public FineTuneException Fault(string relative = "", Func<TextDatasetReference, TextDatasetReference>? change = null) =>
        Xunit.Assert.Throws<FineTuneException>(() => Import(relative, change));

    public void Dispose() => _temp.Dispose();

    /// <summary>Text and label of every sample, in ordinal order.</summary>
    public static (string Text, string Label)[] Pairs(TextDataset data) =>
        [.. Enumerable.Range(0, data.Count).Select(row => (data.TextAt(row), data.Classes[data.LabelAt(row)])).OrderBy(pair => pair.Item1, StringComparer.Ordinal)];
}
