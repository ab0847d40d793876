using Xunit.Runner.InProc.SystemConsole;

namespace PSFineTune.Tests;

/// <summary>The tests, or one of the processes that a test starts beside it: the runner's own entry would take longer to start than they have to do.</summary>
static class Program
{
    static Task<int> Main(string[] args) => args is [ChildProcess.Mark, var role, .. var rest] ? Task.FromResult(ChildProcess.Run(role, rest)) : ConsoleRunner.Run(args);
}
