using System.Management.Automation;
using System.Text;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    /// <summary>Lays out a table with the engine's own formatter.</summary>
    public FormatTableCommand() => EngineInternals.ShapeAs(this, "Table");
}

[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    /// <summary>Lays out a list with the engine's own formatter.</summary>
    public FormatListCommand() => EngineInternals.ShapeAs(this, "List");
}

[Cmdlet(VerbsData.Out, "String", DefaultParameterSetName = "NoNewLineFormatting"), OutputType(typeof(string))]
public sealed class OutStringCommand : FrontEndCommandBase
{
    readonly StringWriter _text = new();

    /// <summary>One string a line instead of one for all.</summary>
    [Parameter(ParameterSetName = "StreamFormatting")]
    public SwitchParameter Stream { get; set; }

    /// <summary>The greatest length of a line.</summary>
    [Parameter, ValidateRange(2, int.MaxValue)]
    public int Width { get; set; }

    /// <summary>Leaves the line ends out.</summary>
    [Parameter(ParameterSetName = "NoNewLineFormatting")]
    public SwitchParameter NoNewline { get; set; }

    protected override void BeginProcessing()
    {
        EngineInternals.WriteTo(this, _text, Width > 0 ? Width : Out.WidthOf(Host), NoNewline);
        base.BeginProcessing();
    }

    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        GiveLines(all: false);
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (Stream)
            GiveLines(all: true);
        else
            WriteObject(_text.ToString());
    }

    void GiveLines(bool all)
    {
        if (!Stream || _text.GetStringBuilder().Length == 0)
            return;
        var lines = _text.ToString().Split(Environment.NewLine);
        _text.GetStringBuilder().Clear();
        WriteObject(lines[..^1], enumerateCollection: true);
        if (all && lines[^1].Length > 0)
            WriteObject(lines[^1]);
        else
            _text.Write(lines[^1]);
    }

    protected override void InternalDispose()
    {
        base.InternalDispose();
        _text.Dispose();
    }
}

[Cmdlet(VerbsData.Out, "File", SupportsShouldProcess = true, DefaultParameterSetName = "ByPath")]
public sealed class OutFileCommand : FrontEndCommandBase
{
    StreamWriter? _file;

    /// <summary>The file, made where there is none; its folder must exist.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "ByPath"), Alias("Path")]
    public string FilePath { get; set; } = "";

    /// <summary>The file, its name taken as it is.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "ByLiteralPath"), Alias("PSPath", "LP")]
    public string LiteralPath { get; set; } = "";

    [Parameter(Position = 1), ToEncoding]
    public Encoding Encoding { get; set; } = new UTF8Encoding(false);

    /// <summary>Adds to what the file holds.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>Writes over a file that may not be written.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>An existing file is an error.</summary>
    [Parameter, Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>The greatest length of a line.</summary>
    [Parameter, ValidateRange(2, int.MaxValue)]
    public int Width { get; set; }

    /// <summary>Leaves the line ends out.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    protected override void BeginProcessing()
    {
        var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(ParameterSetName == "ByPath" ? FilePath : LiteralPath);
        // Without consent nothing is written, but the input is still formatted.
        var open = ShouldProcess(path, "Output to File");
        _file = open ? Open(path) : StreamWriter.Null;
        EngineInternals.WriteTo(this, _file, Width > 0 ? Width : int.MaxValue - 1, NoNewline);
        base.BeginProcessing();
    }

    StreamWriter Open(string path)
    {
        try
        {
            if (Force && File.Exists(path))
                File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
            var mode = Append ? FileMode.Append : NoClobber ? FileMode.CreateNew : FileMode.Create;
            return new(new FileStream(path, mode, FileAccess.Write, FileShare.Read), Encoding) { AutoFlush = true };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(new(error, "FileOpenFailure", ErrorCategory.OpenError, path));
            throw;
        }
    }

    protected override void InternalDispose()
    {
        base.InternalDispose();
        _file?.Dispose();
    }
}

static class Out
{
    public static int WidthOf(System.Management.Automation.Host.PSHost host)
    {
        try
        {
            return host.UI?.RawUI is { } screen && screen.BufferSize.Width > 1 ? screen.BufferSize.Width - 1 : 120;
        }
        catch (Exception error) when (error is System.Management.Automation.Host.HostException or NotImplementedException)
        {
            return 120;
        }
    }
}

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
