using PSFineTune.Locking;

namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException Locked(string path, LockOwner owner, TimeSpan? waited) =>
        new("Locked", FaultKind.Busy, $"The lock '{path}' is held by {owner.Told}{(waited is { } time ? FormattableString.Invariant($", and was not given back in {time.TotalSeconds:0} s") : "")}.",
            "Try again when that process is done, or with -IfLocked Wait or Skip. A process that hangs may be ended: the lock is then free by itself; do not delete its file.", path);

    public static FineTuneException NoLocks(string path) =>
        new("NoLocks", FaultKind.NotSupported, $"The file system of '{path}' lets two open what is meant for one: there are no locks there, or they are switched off (DOTNET_SYSTEM_IO_DISABLEFILELOCKING, or how a share is mounted).",
            "Use a folder on a local disk, or have the share mounted with locks.", path);
}
