using PSFineTune.Data;
using PSFineTune.Data.Texts;

namespace PSFineTune.Tasks;

/// <summary>The training data of a task, by the names of the import cmdlets' parameters.</summary>
public sealed record TaskData
{
    /// <summary>A folder of images by class, or a file or folder of texts.</summary>
    [SettingsPath]
    public string Path { get; init; } = "";

    /// <summary>Images or Texts; null to tell by what lies there.</summary>
    public TaskDataKind? Kind { get; init; }

    /// <summary>Share of the samples that validates, 0 to below 1, where no folder or column tells.</summary>
    public double ValidationFraction { get; init; } = 0.2;

    /// <summary>Share of the samples that tests: the hold-out that champion and challenger are compared on.</summary>
    public double TestFraction { get; init; } = 0.2;

    /// <summary>Regular expression on the relative path; samples with one match share a split.</summary>
    public string? GroupPattern { get; init; }

    public int Seed { get; init; } = 42;

    /// <summary>What is done about samples that cannot be read: Stop ends with 20.</summary>
    public BadSamplePolicy OnBadSample { get; init; }

    /// <summary>Samples to leave out: paths, of texts with ':' and a line, or lists of them.</summary>
    public IReadOnlyList<string> Exclude { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Of images: a csv file of path, label and perhaps split.</summary>
    [SettingsPath]
    public string? Manifest { get; init; }

    /// <summary>Of texts: a file whose rows validate.</summary>
    [SettingsPath]
    public string? ValidationPath { get; init; }

    /// <summary>Of texts: a file whose rows test.</summary>
    [SettingsPath]
    public string? TestPath { get; init; }

    public TextFormat? Format { get; init; }

    public string? Encoding { get; init; }

    public string? TextColumn { get; init; }

    public string? LabelColumn { get; init; }

    public string? SplitColumn { get; init; }

    public string? GroupColumn { get; init; }

    public IReadOnlyList<string> MetadataColumn { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Of texts: a file of class names, one a line, where labels are numbers.</summary>
    [SettingsPath]
    public string? ClassFile { get; init; }

    /// <summary>What is there, by its kind or else by what lies there.</summary>
    internal bool IsText => Kind is { } told ? told == TaskDataKind.Texts
        : Manifest is null && (File.Exists(Path) || (Directory.Exists(Path) && TextFiles.AreIn(Path, default)));

    /// <summary>How the data are found.</summary>
    /// <exception cref="FineTuneException">Of an exclusion that names nothing below the data.</exception>
    internal DatasetReference Reference()
    {
        DatasetReference reference = IsText
            ? new TextDatasetReference
            {
                ValidationPath = ValidationPath, TestPath = TestPath, Format = Format, Encoding = Encoding, TextColumn = TextColumn, LabelColumn = LabelColumn,
                SplitColumn = SplitColumn, GroupColumn = GroupColumn, MetadataColumns = MetadataColumn, ClassFile = ClassFile, OnBadText = OnBadSample,
            }
            : new ImageDatasetReference { OnBadImage = OnBadSample, Manifest = Manifest };
        reference = reference with { Root = Path, ValidationFraction = ValidationFraction, TestFraction = TestFraction, GroupPattern = GroupPattern, Seed = Seed };
        return Exclude.Count == 0 ? reference : reference.Without(Exclude.Select(path => new Exclusion(path, null, ExclusionList.FolderOf(reference))));
    }
}

/// <summary>What a model of a task reads.</summary>
public enum TaskDataKind { Images, Texts }
