using System.Management.Automation;
using PSFineTune.Data;
using PSFineTune.Drift;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that takes many images or texts together, in any of the ways that users have them.</summary>
public abstract class DriftCmdlet : TrainedCmdlet
{
    readonly List<PredictionInput> _inputs = [];
    readonly List<string?> _labels = [];

    /// <summary>Files of images or of one text each, or folders of them; wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path"), SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The same, taken as they are written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Texts.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Text")]
    public string[] Text { get; set; } = [];

    /// <summary>Files, folders, paths, texts, samples, or objects with a path or text in a property.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "InputObject")]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The property of the pipeline's objects that holds the text or path; Text, Body, Message, Content or Subject, or FullName or Path, without it.</summary>
    [Parameter(ParameterSetName = "InputObject")]
    public string? Property { get; set; }

    /// <summary>The new samples as a dataset; their labels are compared where there is no model.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Dataset")]
    public Dataset Dataset { get; set; } = null!;

    /// <summary>Which samples of -Dataset: Train, Validation or Test; all without it.</summary>
    [Parameter(ParameterSetName = "Dataset")]
    public Split? Split { get; set; }

    /// <summary>Keeps what was given now; one that cannot be read is an error of its own.</summary>
    /// <exception cref="FineTuneException">OtherKindThanReference.</exception>
    private protected void Take(bool isText)
    {
        if (isText ? ParameterSetName == "Dataset" && Dataset is ImageDataset : ParameterSetName == "Text" || (ParameterSetName == "Dataset" && Dataset is TextDataset)) throw Fault.OtherKindThanReference(isText);
        try
        {
            foreach (var (input, label) in Given(isText))
            {
                _inputs.Add(input);
                _labels.Add(label);
            }
        }
        catch (FineTuneException fault)
        {
            WriteFault(fault);
        }
    }

    /// <summary>All that was given.</summary>
    private protected DriftSamples Taken() => ParameterSetName == "Dataset"
        ? DriftSamples.Of(Dataset, Split is { } one ? [one] : Enum.GetValues<Split>())
        : new([.. _inputs.Select(input => input.Item)], _labels.Contains(null) ? null : [.. _labels.Select(label => label!)], [.. _inputs.Select(input => input.Path)]);

    IEnumerable<(PredictionInput Input, string? Label)> Given(bool isText) => ParameterSetName switch
    {
        "Text" => Text.Select(text => (new PredictionInput(text), (string?)null)),
        "Path" => Path.SelectMany(FilesOf).SelectMany(path => Within(path, isText)),
        "LiteralPath" => LiteralPath.SelectMany(path => Within(GetUnresolvedProviderPathFromPSPath(path), isText)),
        "InputObject" => InputObject.BaseObject switch
        {
            Sample sample => [(new PredictionInput(sample.Item), sample.Label)],
            DirectoryInfo folder => Within(folder.FullName, isText),
            string path when !isText => FilesOf(path).SelectMany(file => Within(file, isText)),
            _ => PredictionInput.Of(InputObject, isText, Property, FilesOf, GetUnresolvedProviderPathFromPSPath).Select(input => (input, (string?)null)),
        },
        _ => [],
    };

    // Of many files each fails alone.
    IEnumerable<(PredictionInput, string?)> Within(string path, bool isText) =>
        Tried(() => FoundFiles.Under(path, isText ? FileKind.Text : FileKind.Image, Cancelled)).SelectMany(files => files)
            .SelectMany(file => Tried(() => PredictionInput.OfFile(file, isText))).Select(input => (input, (string?)null));

    IEnumerable<T> Tried<T>(Func<T> read)
    {
        try
        {
            return [read()];
        }
        catch (FineTuneException fault)
        {
            WriteFault(fault);
            return [];
        }
    }
}
