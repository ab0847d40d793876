using System.Management.Automation;
using System.Management.Automation.Internal;

namespace PSFineTune.Hosting.Screen;

/// <summary>Where text goes: each of the two streams is a terminal, which gets colours and a bar, or it is not, and gets plain text.</summary>
sealed class Terminal
{
    const int DefaultWidth = 120;

    readonly Lock _writing = new();
    readonly IProgressView _progress;

    public Terminal()
    {
        var colours = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        OutputHasColours = colours && !Console.IsOutputRedirected;
        ErrorHasColours = colours && !Console.IsErrorRedirected;
        _progress = Console.IsErrorRedirected
            ? new ProgressLines(Console.Error, Elapsed)
            : new ProgressBar(Console.Error, () => Width, Elapsed);
    }

    public bool OutputHasColours { get; }

    public bool ErrorHasColours { get; }

    /// <summary>Columns of the terminal, 120 where output is redirected.</summary>
    public int Width => Console.IsOutputRedirected || Console.WindowWidth < 2 ? DefaultWidth : Console.WindowWidth;

    /// <summary>Text for standard output; escape sequences are dropped where it is no terminal.</summary>
    public void Write(string text, string colour = "") =>
        Write(Console.Out, OutputHasColours, text, colour);

    /// <summary>A line for standard error.</summary>
    public void WriteError(string text, string colour) =>
        Write(Console.Error, ErrorHasColours, text.Contains('\e', StringComparison.Ordinal) ? text : Coloured(ErrorHasColours, text, colour), "", newLine: true);

    public void Show(ProgressRecord record)
    {
        lock (_writing)
            _progress.Show(record);
    }

    /// <summary>Takes the bar away, for good.</summary>
    public void Close()
    {
        lock (_writing)
            _progress.Clear();
    }

    void Write(TextWriter writer, bool colours, string text, string colour, bool newLine = false)
    {
        lock (_writing)
        {
            _progress.Clear();
            text = colours ? Coloured(colours, text, colour) : Plain(text);
            writer.Write(newLine ? text + Environment.NewLine : text);
            writer.Flush();
        }
    }

    static string Coloured(bool colours, string text, string colour) =>
        colours && colour.Length > 0 ? $"{colour}{text}{PSStyle.Instance.Reset}" : text;

    static string Plain(string text) => new StringDecorated(text).ToString(OutputRendering.PlainText);

    static TimeSpan Elapsed() => TimeSpan.FromMilliseconds(Environment.TickCount64);
}
