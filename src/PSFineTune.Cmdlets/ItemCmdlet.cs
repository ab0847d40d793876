using System.Management.Automation;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that gives a model images or texts, in any of the ways that users have them.</summary>
public abstract class ItemCmdlet : ModelCmdlet
{
    readonly List<PredictionInput> _waiting = [];

    /// <summary>Files of images, or of one text each; wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path"), SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The same, taken as they are written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Texts.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Text")]
    public string[] Text { get; set; } = [];

    /// <summary>Files, paths, texts, or objects with a path or text in a property.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "InputObject")]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The property of the pipeline's objects that holds the text or path; Text, Body, Message, Content or Subject, or FullName or Path, without it.</summary>
    [Parameter(ParameterSetName = "InputObject")]
    public string? Property { get; set; }

    /// <summary>How many items the model takes at once.</summary>
    private protected abstract int BatchSize { get; }

    /// <summary>Gives the model some items, in order, and writes what it says.</summary>
    private protected abstract void Take(IReadOnlyList<PredictionInput> items);

    protected override void Process()
    {
        foreach (var item in Items())
        {
            _waiting.Add(item);
            if (_waiting.Count >= BatchSize) End();
        }
    }

    protected override void End()
    {
        if (_waiting.Count == 0) return;
        PredictionInput[] items = [.. _waiting];
        _waiting.Clear();
        Take(items);
    }

    // What was given now; one that cannot be read is an error of its own.
    IEnumerable<PredictionInput> Items()
    {
        // A model that cannot be read is no item's fault.
        var isText = Trained.IsText;
        if (ParameterSetName == "InputObject") return Readable(() => PredictionInput.Of(InputObject, isText, Property, FilesOf, GetUnresolvedProviderPathFromPSPath));
        if (ParameterSetName == "Text") return Text.Select(text => isText ? new PredictionInput(text) : throw Fault.NotOfTexts(Trained.Described.Model));
        var files = ParameterSetName == "Path" ? Path.SelectMany(FilesOf) : LiteralPath.Select(path => GetUnresolvedProviderPathFromPSPath(path));
        return files.SelectMany(file => Readable(() => [PredictionInput.OfFile(file, isText)]));
    }

    List<PredictionInput> Readable(Func<IEnumerable<PredictionInput>> read)
    {
        try
        {
            return [.. read()];
        }
        catch (FineTuneException fault)
        {
            WriteFault(fault);
            return [];
        }
    }
}
