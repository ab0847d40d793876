using System.Management.Automation;
using PSFineTune.Text;
using PSFineTune.Text.LibSvm;

namespace PSFineTune.Cmdlets;

/// <summary>Runs a model file of LIBSVM on sparse samples, as svm-predict does.</summary>
/// <remarks>C-SVC with linear, RBF and polynomial kernels. One object a sample, in their order.</remarks>
/// <example>
/// <code>Import-LibSvmData ./tickets.svm | Invoke-LibSvmModel ./theirs.model | Where-Object { $_.Label -ne $_.Predicted }</code>
/// The samples that a model of svm-train is wrong about.
/// </example>
/// <example>
/// <code>Import-LibSvmData ./tickets.svm | Invoke-LibSvmModel ./theirs.model | Group-Object Predicted</code>
/// How often each label is predicted.
/// </example>
/// <example>
/// <code>$sparse | Invoke-LibSvmModel ./theirs.model | Select-Object -First 3</code>
/// The first samples alone.
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "LibSvmModel"), OutputType(typeof(SparsePrediction))]
public sealed class InvokeLibSvmModelCommand : FineTuneCmdlet
{
    /// <summary>The model file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = null!;

    /// <summary>The samples, from Import-LibSvmData or ConvertTo-LibSvmData.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public SparseDataset InputObject { get; set; } = null!;

    protected override void Process()
    {
        var model = LibSvmModel.Read(GetUnresolvedProviderPathFromPSPath(Path));
        foreach (var prediction in SparsePrediction.Of(model, InputObject, Cancelled)) WriteObject(prediction);
    }
}
