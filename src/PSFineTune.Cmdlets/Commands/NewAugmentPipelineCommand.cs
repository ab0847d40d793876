using System.Management.Automation;
using PSFineTune.Augment;

namespace PSFineTune.Cmdlets;

/// <summary>Makes a pipeline of the ops that vary training images, in order.</summary>
/// <remarks>Ops have torchvision's names and parameters. Nothing is drawn until images go through: see them with Show-ImageGrid.</remarks>
/// <example>
/// <code>New-AugmentPipeline RandomResizedCrop, RandomHorizontalFlip</code>
/// Two ops with their defaults, by name.
/// </example>
/// <example>
/// <code>New-AugmentPipeline RandomResizedCrop, @{ ColorJitter = @{ Brightness = .5; Hue = .5 } }</code>
/// A hashtable of one entry gives an op its settings; the others keep their defaults.
/// </example>
/// <example>
/// <code>New-AugmentPipeline -Preset Default | New-AugmentPipeline @{ RandomRotation = @{ Degrees = 10 } }</code>
/// A named pipeline with an op appended.
/// </example>
[Cmdlet(VerbsCommon.New, "AugmentPipeline", DefaultParameterSetName = "Op"), OutputType(typeof(AugmentPipeline))]
public sealed class NewAugmentPipelineCommand : FineTuneCmdlet
{
    /// <summary>Ops in order: names, hashtables of one entry such as @{ RandomRotation = @{ Degrees = 15 } }, or ops of another pipeline.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Op")]
    [ToCatalogItem<AugmentOp>, ArgumentCompleter(typeof(CatalogNames<AugmentOp>))]
    public AugmentOp[] Op { get; set; } = [];

    /// <summary>A named pipeline: Tutorial, Default, Strong, TrivialAugment, RandAugment, AugMix, Document (scans), or None for an empty one; tab shows when to use each.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Preset"), ArgumentCompleter(typeof(PresetNames))]
    public string Preset { get; set; } = "";

    /// <summary>The pipeline to append to; it is left as it was.</summary>
    [Parameter(ValueFromPipeline = true), ToAugmentPipeline]
    public AugmentPipeline? InputObject { get; set; }

    protected override void Process()
    {
        var added = ParameterSetName == "Preset" ? AugmentPreset.Create(Preset).Ops : Op;
        var pipeline = new AugmentPipeline { Ops = [.. InputObject?.Ops ?? [], .. added] };
        pipeline.Validate();
        WriteObject(pipeline);
    }
}
