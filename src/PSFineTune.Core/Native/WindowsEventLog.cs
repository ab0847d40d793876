using System.ComponentModel;
using System.Runtime.InteropServices;

namespace PSFineTune.Native;

/// <summary>The door to Windows' event log.</summary>
static partial class WindowsEventLog
{
    /// <summary>Types of entries, as Windows numbers them.</summary>
    public const ushort Error = 1, Warning = 2, Information = 4;

    /// <summary>Adds an entry to the Application log.</summary>
    /// <param name="source">Who says it.</param>
    /// <param name="type">One of the types above.</param>
    /// <param name="id">Of the event.</param>
    /// <param name="text">What is said.</param>
    /// <exception cref="Win32Exception">Windows refuses it.</exception>
    public static void Write(string source, ushort type, uint id, string text)
    {
        var log = RegisterEventSource(null, source);
        if (log == 0) throw new Win32Exception();
        var words = Marshal.StringToHGlobalUni(text);
        try
        {
            if (!ReportEvent(log, type, 0, id, 0, 1, 0, [words], 0)) throw new Win32Exception();
        }
        finally
        {
            Marshal.FreeHGlobal(words);
            DeregisterEventSource(log);
        }
    }

    [LibraryImport("advapi32", EntryPoint = "RegisterEventSourceW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial nint RegisterEventSource(string? server, string source);

    [LibraryImport("advapi32", EntryPoint = "ReportEventW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool ReportEvent(nint source, ushort kind, ushort category, uint id, nint user, ushort strings, uint bytes, nint[] texts, nint data);

    [LibraryImport("advapi32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool DeregisterEventSource(nint source);
}
