using System.Management.Automation;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Makes the plan of a fine-tuning run: model, weights, data, augmentation and every setting, as one object.</summary>
/// <remarks>Nothing is trained and nothing is written. Look at the plan with Get-ModelLayer, change it with Set-LayerLearningRate, Lock-ModelLayer and Unlock-ModelLayer, and run it with Invoke-FineTune.</remarks>
/// <example>
/// <code>$plan = New-FineTunePlan MobileNetV2 -Weights ./mobilenet_v2.safetensors -Dataset $data -Recipe Tutorial -Epochs 5</code>
/// The tutorial's recipe: every layer learns, the new output layer ten times as fast.
/// </example>
/// <example>
/// <code>$plan = New-FineTunePlan ResNet20 -Dataset $data -Recipe HeadOnly -LearningRate 0.001</code>
/// Only the new output layer learns, on the weights that the module carries.
/// </example>
/// <example>
/// <code>$data | New-FineTunePlan @{ MobileNetV2 = @{ Width = 0.35 } } -Weights Random -Optimizer @{ Sgd = @{ Momentum = 0.9 } } -Epochs 30</code>
/// A narrow network from random weights, with momentum.
/// </example>
[Cmdlet(VerbsCommon.New, "FineTunePlan", DefaultParameterSetName = FromDataset), OutputType(typeof(TrainingPlan))]
public sealed class NewFineTunePlanCommand : PlanCmdlet
{
    protected override void Process()
    {
        var plan = NewPlan();
        foreach (var warning in PlanStart.Warnings(plan)) WriteWarning(warning);
        WriteObject(plan);
    }
}
