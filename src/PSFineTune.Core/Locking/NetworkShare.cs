namespace PSFineTune.Locking;

/// <summary>Whether a folder is on another machine's disk, or on one that a program shows, which may be one.</summary>
static class NetworkShare
{
    static readonly string[] s_formats = ["nfs", "cifs", "smb", "afpfs", "webdav", "9p", "sshfs", "ceph", "gluster", "lustre", "beegfs", "gpfs", "fuse", "ncpfs", "afs", "v9fs", "prl_fs", "vboxsf"];

    /// <summary>The file system of a share, such as nfs; null for a disk of this machine, and where the system does not tell.</summary>
    /// <param name="folder">Full path of a folder that is there.</param>
    public static string? KindOf(string folder)
    {
        if (OperatingSystem.IsWindows() && (folder.StartsWith(@"\\?\UNC\", StringComparison.OrdinalIgnoreCase) || (folder.StartsWith(@"\\", StringComparison.Ordinal) && !folder.StartsWith(@"\\?\", StringComparison.Ordinal)))) return "smb";
        try
        {
            // On Unix this asks for the file system of the folder itself, on Windows of its drive.
            var drive = new DriveInfo(folder);
            return drive.DriveType == DriveType.Network || s_formats.Any(format => drive.DriveFormat.StartsWith(format, StringComparison.OrdinalIgnoreCase)) ? drive.DriveFormat : null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
