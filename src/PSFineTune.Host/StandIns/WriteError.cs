using System.Management.Automation;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet(VerbsCommunications.Write, "Error", DefaultParameterSetName = "NoException")]
sealed class WriteErrorCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = "NoException")]
    [Parameter(ParameterSetName = "WithException")]
    [AllowNull, AllowEmptyString, Alias("Msg")]
    public string? Message { get; set; }

    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "WithException")]
    public Exception? Exception { get; set; }

    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "ErrorRecord")]
    public ErrorRecord? ErrorRecord { get; set; }

    [Parameter(ParameterSetName = "NoException"), Parameter(ParameterSetName = "WithException")]
    public ErrorCategory Category { get; set; }

    [Parameter(ParameterSetName = "NoException"), Parameter(ParameterSetName = "WithException")]
    public string? ErrorId { get; set; }

    [Parameter(ParameterSetName = "NoException"), Parameter(ParameterSetName = "WithException")]
    public object? TargetObject { get; set; }

    [Parameter]
    public string? RecommendedAction { get; set; }

    protected override void ProcessRecord()
    {
        // A record that is written a second time must not change the first one.
        var record = ErrorRecord is { } given ? new ErrorRecord(given, null) : Record();
        if (RecommendedAction is not null)
            (record.ErrorDetails ??= new(record.Exception.Message)).RecommendedAction = RecommendedAction;
        WriteError(record);
    }

    ErrorRecord Record()
    {
        var exception = Exception ?? new Microsoft.PowerShell.Commands.WriteErrorException(Message);
        var record = new ErrorRecord(exception, ErrorId ?? exception.GetType().FullName, Category, TargetObject);
        if (Exception is not null && !string.IsNullOrEmpty(Message))
            record.ErrorDetails = new(Message);
        return record;
    }
}
