using System.Management.Automation.Host;

namespace PSFineTune.Hosting.Screen;

/// <summary>The little of a console that scripts ask for: its width.</summary>
sealed class ScriptScreen(Terminal terminal, bool interactive) : PSHostRawUserInterface
{
    const int Rows = 9999;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Size BufferSize
    {
        get => new(terminal.Width, Console.IsOutputRedirected ? Rows : Console.BufferHeight);
        set => throw NoScreen();
    }

    public override Size WindowSize
    {
        get => new(terminal.Width, Console.IsOutputRedirected ? Rows : Console.WindowHeight);
        set => throw NoScreen();
    }

    public override Size MaxWindowSize => WindowSize;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Coordinates CursorPosition
    {
        get => Console.IsOutputRedirected ? new(0, 0) : new(Console.CursorLeft, Console.CursorTop);
        set => throw NoScreen();
    }

    public override Coordinates WindowPosition
    {
        get => new(0, 0);
        set => throw NoScreen();
    }

    public override int CursorSize
    {
        get => 25;
        set => throw NoScreen();
    }

    public override string WindowTitle { get; set; } = "";

    public override bool KeyAvailable => interactive && Console.KeyAvailable;

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        if (!interactive)
            throw new HostException("There is no console to read a key from.");
        var key = Console.ReadKey(intercept: (options & ReadKeyOptions.NoEcho) != 0);
        return new((int)key.Key, key.KeyChar, default, keyDown: true);
    }

    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
            Console.ReadKey(intercept: true);
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NoScreen();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NoScreen();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw NoScreen();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw NoScreen();

    static HostException NoScreen() => new("This host runs scripts; its screen can only be written to.");
}
