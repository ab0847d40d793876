using System.Management.Automation;
using PSFineTune.Data;

namespace PSFineTune.Cmdlets;

/// <summary>Reads labelled texts from a file or a folder and splits them for training, validation and test.</summary>
/// <remarks>A file holds a row for each text: Csv, Tsv, JsonLines, LabelFirst (a label, then the text) or TextFirst (the text, a tab, a label or the index of its class). A folder holds one folder of .txt files for each class, or files named train, validation (val, valid, dev) and test. What is found of format, encoding and columns is told with -Verbose and by the dataset. Texts are trimmed; equal texts share a split. Rows are read one after another and a million of them fit: what memory should not hold lies in a file of the workspace's cache as long as the process lives. No file is changed.</remarks>
/// <example>
/// <code>$data = Import-TextDataset ./tickets.csv -TextColumn body -LabelColumn queue; $data.ClassCounts</code>
/// The tickets of each queue in each split.
/// </example>
/// <example>
/// <code>Import-TextDataset ./train.tsv -TestPath ./test.tsv -Encoding gb18030 -OnBadText Skip | Select-Object -ExpandProperty Skipped</code>
/// Two files of an encoding that is known, and the rows of them that cannot be used, with their lines.
/// </example>
/// <example>
/// <code>Import-TextDataset ./messages.jsonl -GroupColumn thread -MetadataColumn thread</code>
/// All messages of a thread are in one split, and each sample says which thread is its own.
/// </example>
[Cmdlet(VerbsData.Import, "TextDataset", DefaultParameterSetName = "Path"), OutputType(typeof(TextDataset))]
public sealed class ImportTextDatasetCommand : TextSourceCmdlet
{
    /// <summary>The file or folder of texts; wildcards give one dataset for each that they match.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Path"), SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The file or folder of texts, taken as it is written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath"), Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    protected override void Process()
    {
        foreach (var root in Path.SelectMany(FilesOf).Concat(LiteralPath.Select(GetUnresolvedProviderPathFromPSPath))) Import(root);
    }

    void Import(string root)
    {
        var data = TextDataset.Import(SettingsOf(root), WorkspacePath(Workspace), Cancelled, new ShownProgress(this));
        WarnOfUnmet(data);
        WriteVerbose(data.Found);
        foreach (var doubt in data.Doubts) WriteWarning(doubt);
        if (OnBadText == BadSamplePolicy.Report)
            foreach (var text in data.Skipped.Where(text => text.Bad)) WriteFault(Fault.BadText(text));
        WriteObject(data);
    }
}
