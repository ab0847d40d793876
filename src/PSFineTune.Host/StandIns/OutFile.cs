using System.Management.Automation;
using System.Text;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace PSFineTune.Hosting.StandIns;

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
