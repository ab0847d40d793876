using System.Management.Automation;
using PSFineTune.Comparison;
using PSFineTune.Packaging;
using PSFineTune.Store;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Makes a trained model the current one of a name in a store: whoever asks for store:name gets it from then on, whole, and none of the old one.</summary>
/// <remarks>The package is verified, copied into the store under the hash of its bytes, and only then is the name turned to it, by one rename. Of a name the newest ten packages stay, so that Undo-FineTunePublish can go back. The page store.md of the module tells of folders, shares and rights.</remarks>
/// <example>
/// <code>$run | Publish-FineTuneModel clothing -Reason 'autumn collection'</code>
/// A run, to the store of this machine; Invoke-Prediction -Model store:clothing uses it.
/// </example>
/// <example>
/// <code>Publish-FineTuneModel clothing -Model ./clothing.psft -Store ./shared -Keep 3</code>
/// A package to a store in another folder, which keeps three versions of it.
/// </example>
/// <example>
/// <code>Get-PublishedModel clothing | Publish-FineTuneModel clothing-live -Reason 'a week without complaints'</code>
/// From one name to another: the package is in the store once.
/// </example>
[Cmdlet(VerbsData.Publish, "FineTuneModel", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium), OutputType(typeof(PublishedModel))]
public sealed class PublishFineTuneModelCommand : PublishingCmdlet
{
    /// <summary>What it is called in the store: ASCII letters, digits, points, underscores and hyphens; upper and lower case are the same.</summary>
    [Parameter(Mandatory = true, Position = 0), ArgumentCompleter(typeof(StoreNames))]
    public string Name { get; set; } = null!;

    /// <summary>A run, a run's id, a package or its path, or a published model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object Model { get; set; } = null!;

    /// <summary>Why, for the history.</summary>
    [Parameter]
    public string Reason { get; set; } = "";

    /// <summary>What a comparison with the current model said, such as Promote, for the history.</summary>
    [Parameter]
    public string Verdict { get; set; } = "";

    /// <summary>What Compare-FineTuneModel found of this model: it is published only where the verdict is Promote.</summary>
    [Parameter]
    public ModelComparison? Comparison { get; set; }

    /// <summary>How many versions of the name keep their packages; the current one and the one before it do in any case.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int Keep { get; set; } = Publication.DefaultKeep;

    /// <summary>Which weights of a run: Best or Last; without it those that its recipe keeps.</summary>
    [Parameter]
    public ModelChoice? Checkpoint { get; set; }

    protected override void Process()
    {
        var trained = TrainedModel.From(Given(Model), WorkspacePath(Workspace), Checkpoint);
        if (ShouldProcess($"{StoreName.Of(Name)} in {StorePath}", $"Publish {trained.Described.Path}"))
            Told(Opened().Publish(Name, trained, PublishGate.Passed(Comparison, trained, new() { Reason = Reason, Verdict = Verdict, Keep = Keep })));
    }
}
