using System.Management.Automation;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet(VerbsCommon.Get, "Location"), OutputType(typeof(PathInfo))]
sealed class GetLocationCommand : PSCmdlet
{
    protected override void ProcessRecord() => WriteObject(SessionState.Path.CurrentLocation);
}

/// <summary>What Set-Location and Push-Location share.</summary>
abstract class MoveLocationCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public string Path { get; set; } = "~";

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath"), Alias("PSPath", "LP")]
    public string LiteralPath { get; set; } = "";

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected void Move()
    {
        try
        {
            var there = SessionState.Path.SetLocation(ParameterSetName == "LiteralPath" ? WildcardPattern.Escape(LiteralPath) : Path);
            if (PassThru)
                WriteObject(there);
        }
        catch (Exception error) when (error is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or PSArgumentException)
        {
            WriteError(new(((IContainsErrorRecord)error).ErrorRecord, error));
        }
    }
}

[Cmdlet(VerbsCommon.Set, "Location", DefaultParameterSetName = "Path")]
sealed class SetLocationCommand : MoveLocationCommand
{
    protected override void ProcessRecord() => Move();
}

[Cmdlet(VerbsCommon.Push, "Location", DefaultParameterSetName = "Path")]
sealed class PushLocationCommand : MoveLocationCommand
{
    protected override void ProcessRecord()
    {
        SessionState.Path.PushCurrentLocation("");
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Path)) || ParameterSetName == "LiteralPath")
            Move();
    }
}

[Cmdlet(VerbsCommon.Pop, "Location")]
sealed class PopLocationCommand : PSCmdlet
{
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        var there = SessionState.Path.PopLocation("");
        if (PassThru && there is not null)
            WriteObject(there);
    }
}
