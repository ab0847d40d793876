using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.InteropServices;
using System.Text;
using PSFineTune.Hosting;
using PSFineTune.Hosting.Screen;

const int Interrupted = 130;
const int Terminated = 143;
const int WrongCommandLine = 64;

var options = HostOptions.Parse(args);
if (options.Help)
{
    Console.Out.WriteLine(HostOptions.Usage);
    return 0;
}
var script = options.Script is null ? null : Path.GetFullPath(options.Script);
if ((options.Error ?? (script is null || File.Exists(script) ? null : $"There is no script '{options.Script}'.")) is { } error)
{
    Console.Error.WriteLine(error);
    Console.Error.WriteLine(HostOptions.Usage);
    return WrongCommandLine;
}

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
ModuleFolders.Announce(AppContext.BaseDirectory);
var terminal = new Terminal();
var host = new ScriptHost(terminal, interactive: !options.NonInteractive && !Console.IsInputRedirected);
using var runspace = RunspaceFactory.CreateRunspace(host, EngineSession.Create());
runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
runspace.Open();
Runspace.DefaultRunspace = runspace;
PSStyle.Instance.OutputRendering = terminal.OutputHasColours ? OutputRendering.Host : OutputRendering.PlainText;

var run = new ScriptRun(host, runspace);
// The first signal stops the script, which may finish its step; a second one ends the process at once.
Console.CancelKeyPress += (_, press) => press.Cancel = run.Stop(Interrupted);
using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = run.Stop(Terminated));
var code = run.ExitCode(script is not null ? run.File(script, options.Arguments) : run.Command(options.Command!));
terminal.Close();
return code;
