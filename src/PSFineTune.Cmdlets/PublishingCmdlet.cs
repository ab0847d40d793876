using System.Management.Automation;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that puts a model into a store, which opens it.</summary>
public abstract class PublishingCmdlet : StoreCmdlet
{
    /// <summary>Let the TorchScript program run that a model of TorchScriptBackbone holds: code with the rights of this account. Without it such a model is refused.</summary>
    [Parameter]
    public SwitchParameter AllowCode { get; set; }

    private protected override bool AllowsCode => AllowCode;
}
