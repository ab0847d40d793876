using System.Management.Automation;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet("Tee", "Object")]
sealed class TeeObjectCommand : PSCmdlet
{
    readonly List<PSObject> _items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "File"), Alias("Path")]
    public string FilePath { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = "Variable")]
    public string Variable { get; set; } = "";

    [Parameter(ParameterSetName = "File")]
    public SwitchParameter Append { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            _items.Add(InputObject);
        WriteObject(InputObject);
    }

    protected override void EndProcessing()
    {
        if (ParameterSetName == "Variable")
            SessionState.PSVariable.Set(Variable, _items.Count == 1 ? _items[0] : _items.ToArray());
        else
            InvokeCommand.InvokeScript("param($items, $path, $append) $items | Out-File -FilePath $path -Append:$append", true,
                System.Management.Automation.Runspaces.PipelineResultTypes.Error, null, _items.ToArray(), FilePath, Append.ToBool());
    }
}
