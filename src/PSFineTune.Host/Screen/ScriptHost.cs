using System.Globalization;
using System.Management.Automation.Host;

namespace PSFineTune.Hosting.Screen;

/// <summary>The host that a script sees as $Host.</summary>
sealed class ScriptHost(Terminal terminal, bool interactive) : PSHost
{
    public override string Name => "PSFineTune.Host";

    public override Version Version { get; } = typeof(ScriptHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    public override PSHostUserInterface UI { get; } = new ScriptInterface(terminal, interactive);

    /// <summary>The code that `exit` or SetShouldExit asked for.</summary>
    public int? ExitCode { get; private set; }

    public override void SetShouldExit(int exitCode) => ExitCode ??= exitCode;

    public override void EnterNestedPrompt() => throw new HostException("This host runs scripts; it has no prompt to enter.");

    public override void ExitNestedPrompt() => throw new HostException("This host runs scripts; it has no prompt to leave.");

    // A program that the script starts writes to the terminal by itself.
    public override void NotifyBeginApplication() => terminal.Close();

    public override void NotifyEndApplication()
    {
    }
}
