using System.Management.Automation;
using PSFineTune.Data;
using PSFineTune.Data.Texts;

namespace PSFineTune.Cmdlets;

/// <summary>How texts are read from files, by one name for every cmdlet that imports them.</summary>
public abstract class TextSourceCmdlet : SplitCmdlet
{
    /// <summary>The column of texts; without it one of a usual name, such as text, body or message.</summary>
    [Parameter]
    public string? TextColumn { get; set; }

    /// <summary>The column of classes; without it one of a usual name, such as label, class or queue.</summary>
    [Parameter]
    public string? LabelColumn { get; set; }

    /// <summary>The column that says train, validation or test; without it one of the name split, where there is one.</summary>
    [Parameter]
    public string? SplitColumn { get; set; }

    /// <summary>Rows with one value here, or one match of -GroupPattern in it, share a split: all messages of a ticket, all tickets of a customer.</summary>
    [Parameter]
    public string? GroupColumn { get; set; }

    /// <summary>Columns that come back as Metadata of each sample; none without it.</summary>
    [Parameter]
    public string[] MetadataColumn { get; set; } = [];

    /// <summary>A file whose rows validate; those of -Path train then.</summary>
    [Parameter]
    public string? ValidationPath { get; set; }

    /// <summary>A file whose rows are the test.</summary>
    [Parameter]
    public string? TestPath { get; set; }

    /// <summary>How rows lie in the files: Csv, Tsv, JsonLines, LabelFirst, TextFirst or Folder, or one with settings, as @{ Csv = @{ Delimiter = '|' } }. Without it the extension and the first lines tell.</summary>
    [Parameter, ToCatalogItem<TextFormat>, ArgumentCompleter(typeof(CatalogNames<TextFormat>))]
    public TextFormat? Format { get; set; }

    /// <summary>The files' encoding by name, such as utf-8, utf-16, gb18030 or windows-1252. Without it each file's bytes tell; a guess is a warning.</summary>
    [Parameter]
    public string? Encoding { get; set; }

    /// <summary>A file of class names, one a line: labels are places in it, from 0. Without it, a class.txt beside a TextFirst file counts.</summary>
    [Parameter]
    public string? ClassFile { get; set; }

    /// <summary>What is done about rows without a text or a label, or with bytes of another encoding: Stop with an error, Skip and list them in Skipped, or Report each as an error too and go on.</summary>
    [Parameter]
    public BadSamplePolicy OnBadText { get; set; }

    /// <summary>What the user asked for, of one file or folder.</summary>
    private protected TextDatasetReference SettingsOf(string root) => WithSplit(new TextDatasetReference
    {
        Root = root,
        ValidationPath = FullPath(ValidationPath),
        TestPath = FullPath(TestPath),
        Format = Format,
        Encoding = Encoding,
        TextColumn = TextColumn,
        LabelColumn = LabelColumn,
        SplitColumn = SplitColumn,
        GroupColumn = GroupColumn,
        MetadataColumns = MetadataColumn,
        ClassFile = FullPath(ClassFile),
        OnBadText = OnBadText,
    });
}
