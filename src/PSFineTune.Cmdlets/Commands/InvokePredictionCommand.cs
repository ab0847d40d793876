using System.Management.Automation;
using PSFineTune.Packaging;

namespace PSFineTune.Cmdlets;

/// <summary>Says what a trained model sees in images: the most probable class, how sure it is, and the columns of its label data.</summary>
/// <remarks>Streams: files are read and scored in batches as they arrive, and predictions keep their order. A file that cannot be read is one error; the others go on.</remarks>
/// <example>
/// <code>Get-ChildItem ./incoming -Filter *.jpg | Invoke-Prediction -Model ./clothing.psft</code>
/// All photos of a folder.
/// </example>
/// <example>
/// <code>Get-ChildItem ./incoming -Filter *.jpg | Invoke-Prediction -Model ./clothing.psft | Where-Object Confidence -lt .6</code>
/// Those a person should look at.
/// </example>
/// <example>
/// <code>(Invoke-Prediction ./chair.jpg -Model ./furniture.psft).LabelData.Link</code>
/// Where to buy what the photo shows, from the label data that the package carries.
/// </example>
/// <example>
/// <code>Invoke-Prediction ./cat.jpg -Model ./clothing.psft -TestTimeAugmentation 2</code>
/// The mean over the photo and its mirror image: steadier, for twice the time.
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "Prediction", DefaultParameterSetName = "Path"), OutputType(typeof(Prediction))]
public sealed class InvokePredictionCommand : ModelCmdlet
{
    readonly List<string> _waiting = [];

    /// <summary>Image files; wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path"), SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Image files, taken as they are written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath"), Alias("PSPath", "FullName")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>How many of the most probable classes Scores lists.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = 5;

    protected override void Process()
    {
        _waiting.AddRange(ParameterSetName == "Path" ? Path.SelectMany(path => FilesOf(path)) : LiteralPath.Select(path => GetUnresolvedProviderPathFromPSPath(path)));
        while (_waiting.Count >= Predictor.BatchSize) Flush(Predictor.BatchSize);
    }

    protected override void End()
    {
        if (_waiting.Count > 0) Flush(_waiting.Count);
    }

    void Flush(int count)
    {
        foreach (var scored in Predictor.Score(_waiting.GetRange(0, count), Cancelled))
            if (scored.Fault is { } fault) WriteFault(fault);
            else WriteObject(Trained.Predict(scored, Top));
        _waiting.RemoveRange(0, count);
    }
}
