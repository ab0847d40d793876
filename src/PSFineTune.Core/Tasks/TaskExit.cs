namespace PSFineTune.Tasks;

/// <summary>What a fault means for the exit code of a task.</summary>
static class TaskExit
{
    // ENOSPC, and ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows; EDQUOT, of which macOS has another number.
    static readonly int[] s_full = [28, OperatingSystem.IsMacOS() ? 69 : 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    static readonly string[] s_integrity =
    [
        "DamagedPackage", "PartDamaged", "PartMissing", "WeightsChanged", "DamagedRecord", "InvalidSafetensors", "InvalidPyTorchFile", "UnsafePyTorchFile", "LegacyPyTorchFile", "InvalidWeightsIndex", "HoldOutChanged", "DamagedLedgerHead", "DamagedStore", "DamagedTrainingHashes", "PackageChanged",
        "PackageExpired", "BadProbes", "ServingParity",
    ];

    /// <summary>Ends a task with what was thrown.</summary>
    public static void End(TaskState state, TaskStage stage, Exception wrong) => state.End(Of(wrong),
        wrong is OperationCanceledException ? "The task was stopped." : $"{stage.Name}: {wrong.Message}",
        wrong is FineTuneException fault ? fault.RecommendedAction : wrong is OperationCanceledException ? "Start it again: training goes on from its last checkpoint." : "Report this line with the output of -Verbose.",
        wrong is OperationCanceledException ? null : (wrong as FineTuneException)?.Id ?? wrong.GetType().Name);

    /// <param name="wrong">What was thrown.</param>
    public static TaskResult Of(Exception wrong) => wrong switch
    {
        OperationCanceledException => TaskResult.Stopped,
        _ when IsOutOfResources(wrong) => TaskResult.OutOfResources,
        // Nothing is wrong with the model: its settings do not say allowCode.
        FineTuneException { Id: "CodeNotAllowed" } => TaskResult.Environment,
        FineTuneException { Kind: FaultKind.Security } => TaskResult.Integrity,
        FineTuneException { Id: var id } when s_integrity.Contains(id) => TaskResult.Integrity,
        FineTuneException { Id: "PublishedMeanwhile" } => TaskResult.Held,
        FineTuneException { Id: "Locked" or "ResourceBusy" or "HoldOutUsesBusy" } => TaskResult.Locked,
        // An image too large is one of the data, too.
        FineTuneException { Kind: FaultKind.InvalidData or FaultKind.LimitExceeded } => TaskResult.DataRejected,
        FineTuneException { Kind: FaultKind.NotFound or FaultKind.NotSupported or FaultKind.Unavailable or FaultKind.Busy or FaultKind.OpenError or FaultKind.ReadError or FaultKind.WriteError
            or FaultKind.InvalidArgument or FaultKind.Mismatch } => TaskResult.Environment,
        IOException or UnauthorizedAccessException or DllNotFoundException or BadImageFormatException => TaskResult.Environment,
        _ => TaskResult.Unexpected,
    };

    static bool IsOutOfResources(Exception wrong) =>
        wrong is OutOfMemoryException or FineTuneException { Id: "OutOfMemory" or "MemoryGrows" or "TensorsGrow" or "DiskFull" }
        || (wrong is IOException && s_full.Contains(wrong.HResult))
        || (wrong.InnerException is { } inner && IsOutOfResources(inner));
}
