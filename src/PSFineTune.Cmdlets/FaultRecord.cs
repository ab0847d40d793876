using System.Management.Automation;

namespace PSFineTune.Cmdlets;

/// <summary>The one translation of the core's faults to PowerShell's error records.</summary>
static class FaultRecord
{
    public static ErrorRecord Of(FineTuneException fault) => new(fault, fault.Id, CategoryOf(fault.Kind), fault.Target)
    {
        ErrorDetails = new(fault.Message) { RecommendedAction = fault.RecommendedAction },
    };

    static ErrorCategory CategoryOf(FaultKind kind) => kind switch
    {
        FaultKind.NotFound => ErrorCategory.ObjectNotFound,
        FaultKind.InvalidData or FaultKind.Mismatch => ErrorCategory.InvalidData,
        FaultKind.NotSupported => ErrorCategory.NotImplemented,
        FaultKind.Busy => ErrorCategory.ResourceBusy,
        FaultKind.Unavailable => ErrorCategory.ResourceUnavailable,
        FaultKind.LimitExceeded => ErrorCategory.LimitsExceeded,
        FaultKind.Security => ErrorCategory.SecurityError,
        FaultKind.OpenError => ErrorCategory.OpenError,
        FaultKind.ReadError => ErrorCategory.ReadError,
        FaultKind.WriteError => ErrorCategory.WriteError,
        _ => ErrorCategory.InvalidArgument,
    };
}
