using System.Management.Automation;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet(VerbsCommon.New, "Item", DefaultParameterSetName = "pathSet", SupportsShouldProcess = true)]
sealed class NewItemCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "pathSet", ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = "nameSet", ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = ["."];

    [Parameter(Mandatory = true, ParameterSetName = "nameSet", ValueFromPipelineByPropertyName = true)]
    [AllowNull, AllowEmptyString]
    public string? Name { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true), Alias("Type")]
    public string? ItemType { get; set; }

    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true), Alias("Target")]
    public object? Value { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            var target = string.IsNullOrEmpty(Name) ? path : SessionState.Path.Combine(path, Name);
            if (!ShouldProcess($"Destination: {SessionState.Path.GetUnresolvedProviderPathFromPSPath(target)}", $"Create {ItemType ?? "File"}"))
                continue;
            try
            {
                WriteObject(InvokeProvider.Item.New([path], Name, ItemType, Value, Force), enumerateCollection: true);
            }
            catch (Exception error) when (error is IContainsErrorRecord and not PipelineStoppedException)
            {
                WriteError(new(((IContainsErrorRecord)error).ErrorRecord, error));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                WriteError(new(error, "NewItemIOError", ErrorCategory.WriteError, target));
            }
        }
    }
}

[Cmdlet(VerbsCommon.Remove, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
sealed class RemoveItemCommand : ItemPathCommand
{
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public string[] Include { get; set; } = [];

    protected override void Process(string path)
    {
        foreach (var item in InvokeProvider.Item.Get([path], Force, Literal).Where(Wanted))
        {
            var full = (string)item.Properties["PSPath"].Value;
            var folder = item.Properties["PSIsContainer"]?.Value is true;
            var shown = SessionState.Path.GetUnresolvedProviderPathFromPSPath(full);
            if (!ShouldProcess(shown, folder ? "Remove Directory" : "Remove File"))
                continue;
            // With children, without -Recurse, PowerShell asks; a script must not depend on an answer.
            if (folder && !Recurse && InvokeProvider.ChildItem.HasChild(full) &&
                !ShouldContinue($"The item at {shown} has children and the Recurse parameter was not specified. If you continue, all children will be removed with the item. Are you sure you want to continue?", "Confirm"))
                continue;
            Try(shown, () => InvokeProvider.Item.Remove([full], recurse: folder, Force, literalPath: true));
        }
    }

    bool Wanted(PSObject item) => Include.Length == 0 ||
        Include.Any(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch((string)item.Properties["PSChildName"].Value));
}

/// <summary>What Copy-Item and Move-Item share.</summary>
abstract class TransferCommand : ItemPathCommand
{
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string Destination { get; set; } = ".";

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected bool Agreed(string path, string action) =>
        ShouldProcess($"Item: {SessionState.Path.GetUnresolvedProviderPathFromPSPath(path)} Destination: {SessionState.Path.GetUnresolvedProviderPathFromPSPath(Destination)}", action);

    protected void Give(IEnumerable<PSObject> items)
    {
        if (PassThru)
            WriteObject(items, enumerateCollection: true);
    }
}

[Cmdlet(VerbsCommon.Copy, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
sealed class CopyItemCommand : TransferCommand
{
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    protected override void Process(string path)
    {
        if (Agreed(path, "Copy File"))
            Give(InvokeProvider.Item.Copy([path], Destination, Recurse, CopyContainers.CopyTargetContainer, Force, Literal));
    }
}

[Cmdlet(VerbsCommon.Move, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
sealed class MoveItemCommand : TransferCommand
{
    protected override void Process(string path)
    {
        if (Agreed(path, "Move File"))
            Give(InvokeProvider.Item.Move([path], Destination, Force, Literal));
    }
}

[Cmdlet(VerbsCommon.Rename, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
sealed class RenameItemCommand : ItemPathCommand
{
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string NewName { get; set; } = "";

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Process(string path)
    {
        if (!ShouldProcess($"Item: {path} Destination: {NewName}", "Rename File"))
            return;
        var renamed = InvokeProvider.Item.Rename(Literal ? WildcardPattern.Escape(path) : path, NewName, Force);
        if (PassThru)
            WriteObject(renamed, enumerateCollection: true);
    }
}

[Cmdlet(VerbsCommon.Set, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
sealed class SetItemCommand : ItemPathCommand
{
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public object? Value { get; set; }

    protected override void Process(string path)
    {
        if (ShouldProcess($"Item: {path} Value: {Value}", "Set Item"))
            InvokeProvider.Item.Set([path], Value, force: false, Literal);
    }
}
