using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace PSFineTune.Hosting;

/// <summary>The one door to what the engine package has but does not offer: its formatter, and exit codes as its own console host takes them.</summary>
/// <remarks>The Utility assembly of PowerShell is a friend of the engine and uses the same members; the package version is pinned.</remarks>
static class EngineInternals
{
    const BindingFlags Anything = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    const string Formatting = "Microsoft.PowerShell.Commands.Internal.Format.";

    /// <summary>Makes a formatting cmdlet lay its input out as "Table" or "List".</summary>
    public static void ShapeAs(FrontEndCommandBase cmdlet, string shape) =>
        Implement(cmdlet, New("InnerFormatShapeCommand", Enum.Parse(TypeOf("FormatShape"), shape)));

    /// <summary>Makes a formatting cmdlet write its input as text lines of at most <paramref name="columns"/> characters.</summary>
    public static void WriteTo(FrontEndCommandBase cmdlet, TextWriter writer, int columns, bool noNewline)
    {
        var output = New("OutputManagerInner");
        output.GetType().GetProperty("LineOutput", Anything)!.SetValue(output, New("TextWriterLineOutput", writer, columns, noNewline));
        Implement(cmdlet, output);
    }

    /// <summary>Lets `exit` in the next script end the whole run, as in `pwsh -File`, instead of only setting LASTEXITCODE.</summary>
    public static void LetScriptExit(Runspace runspace)
    {
        var context = typeof(Runspace).GetProperty("ExecutionContext", Anything)!.GetValue(runspace)!;
        context.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Anything)!.SetValue(context, true);
    }

    /// <summary>Marks an object as written to the error stream, by which Out-Default knows an error from a record that is mere output.</summary>
    public static PSObject AsError(ErrorRecord record)
    {
        var marked = new PSObject(record);
        var stream = typeof(PSObject).GetProperty("WriteStream", Anything)!;
        stream.SetValue(marked, Enum.Parse(stream.PropertyType, "Error"));
        return marked;
    }

    /// <summary>What a cmdlet throws when it has enough: the commands before it are stopped, those after it end as usual.</summary>
    public static Exception StopUpstream(Cmdlet cmdlet) => (Exception)Activator.CreateInstance(
        typeof(PSObject).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!, Anything, null, [cmdlet], null)!;

    /// <summary>What a validation throws to make the binder try the parameter sets that are left.</summary>
    public static Exception TryOtherParameters(string message) =>
        (Exception)Activator.CreateInstance(typeof(ValidationMetadataException), Anything, null, [message, true], null)!;

    static void Implement(FrontEndCommandBase cmdlet, object implementation) =>
        typeof(FrontEndCommandBase).GetField("implementation", Anything)!.SetValue(cmdlet, implementation);

    static object New(string type, params object[] arguments) =>
        Activator.CreateInstance(TypeOf(type), Anything, null, arguments, null)!;

    static Type TypeOf(string name) => typeof(PSObject).Assembly.GetType(Formatting + name, throwOnError: true)!;
}
