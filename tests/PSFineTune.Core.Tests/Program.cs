using System.Globalization;
using Xunit.Runner.InProc.SystemConsole;

namespace PSFineTune.Tests;

/// <summary>The tests, or one of the processes that a test starts beside it: the runner's own entry would take longer to start than they have to do.</summary>
static class Program
{
    static Task<int> Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = Elsewhere();
        return args is [ChildProcess.Mark, var role, .. var rest] ? Task.FromResult(ChildProcess.Run(role, rest)) : ConsoleRunner.Run(args);
    }

    // Half the world writes 3,5 and 24.11.2026: what is written without a word on culture shows at once. Cultures of the system
    // are not at hand, for the tests run where there is no ICU.
    static CultureInfo Elsewhere()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator, culture.NumberFormat.NegativeSign) = (",", ".", "\u2212");
        (culture.NumberFormat.PercentDecimalSeparator, culture.NumberFormat.PercentGroupSeparator) = (",", ".");
        (culture.DateTimeFormat.DateSeparator, culture.DateTimeFormat.TimeSeparator, culture.DateTimeFormat.ShortDatePattern) = (".", ".", "dd.MM.yyyy");
        return CultureInfo.ReadOnly(culture);
    }
}
