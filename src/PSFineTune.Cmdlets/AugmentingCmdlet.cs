using System.Management.Automation;
using PSFineTune.Augment;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that writes augmented pictures as files.</summary>
public abstract class AugmentingCmdlet : FineTuneCmdlet
{
    readonly List<string> _mates = [];
    AugmentWriter _writer = null!;

    /// <summary>The pipeline: from New-AugmentPipeline, a file of Export-AugmentPipeline, a preset's name, or ops.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Path"), Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [ToAugmentPipeline, ArgumentCompleter(typeof(PresetNames))]
    public AugmentPipeline Pipeline { get; set; } = null!;

    /// <summary>Folder to write to, made where there is none; without it nothing is written and only the draws come out. Files are named after image and version: cat-1.png.</summary>
    [Parameter]
    public string? Destination { get; set; }

    /// <summary>Versions of each image.</summary>
    [Parameter(ParameterSetName = "Path"), Parameter(ParameterSetName = "LiteralPath"), ValidateRange(1, 100_000)]
    public int Count { get; set; } = 1;

    /// <summary>Decides the draws, with the image's content: those of training with this seed.</summary>
    [Parameter(ParameterSetName = "Path"), Parameter(ParameterSetName = "LiteralPath")]
    public int Seed { get; set; } = 42;

    /// <summary>Side of the model's input in pixels, for ops that are given no size.</summary>
    [Parameter(ParameterSetName = "Path"), Parameter(ParameterSetName = "LiteralPath"), ValidateRange(1, 10000)]
    public int InputSize { get; set; } = 224;

    /// <summary>Format of the files; png alone keeps every pixel as it is.</summary>
    [Parameter, ValidateSet("png", "jpg", "webp")]
    public string Format { get; set; } = "png";

    /// <summary>Replace files that are there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void Begin()
    {
        Pipeline?.Validate();
        _writer = new(FullPath(Destination), Format, Force);
    }

    /// <summary>Ops that mix take their partners from the images that came so far, this one among them.</summary>
    private protected IEnumerable<AugmentDraw> Drawn(SourceImage image)
    {
        _mates.Add(image.Path);
        return Enumerable.Range(1, Count).Select(epoch => AugmentDraw.Draw(Pipeline, image, InputSize, Seed, epoch, place => SourceImage.Read(MixEdit.At(place, _mates))));
    }

    /// <summary>Writes what was drawn for one image; what is wrong with it is an error of its own.</summary>
    private protected void Run(string path, Func<SourceImage, IEnumerable<AugmentDraw>> draws)
    {
        try
        {
            var image = SourceImage.Read(path);
            foreach (var draw in draws(image))
            {
                Cancelled.ThrowIfCancellationRequested();
                var file = _writer.FileOf(draw);
                if (file is null || ShouldProcess(file, "Write picture")) WriteObject(AugmentWriter.Write(draw, image, file));
            }
        }
        catch (FineTuneException fault)
        {
            WriteFault(fault);
        }
    }
}
