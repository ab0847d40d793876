using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace PSFineTune.Hosting.StandIns;

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
