using System.Collections;
using System.Management.Automation;
using PSFineTune.Augment;
using PSFineTune.Packaging;

namespace PSFineTune.Cmdlets;

/// <summary>Takes a count of views, or what stands for a pipeline, of which there are four draws beside the plain view.</summary>
public sealed class ToTestTimeAugmentationAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var plain = inputData is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : inputData;
        return plain switch
        {
            TestTimeAugmentation or IDictionary when plain is not IDictionary table || table.Contains("Views") => plain,
            int views => new TestTimeAugmentation { Views = views },
            string text when int.TryParse(text, out var views) => new TestTimeAugmentation { Views = views },
            _ => new ToAugmentPipelineAttribute().Transform(engineIntrinsics, inputData) is AugmentPipeline pipeline ? new TestTimeAugmentation { Augment = pipeline } : inputData,
        };
    }
}
