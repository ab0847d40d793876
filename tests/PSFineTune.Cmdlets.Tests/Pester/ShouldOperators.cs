using System.Management.Automation;

namespace PSFineTune.Tests.Pester;

/// <summary>The operators that these files use; any other is an unknown parameter, and so an error.</summary>
public sealed partial class AssertPesterShouldCommand
{
    [Parameter] public SwitchParameter Be { get; set; }
    [Parameter] public SwitchParameter BeExactly { get; set; }
    [Parameter] public SwitchParameter BeLike { get; set; }
    [Parameter] public SwitchParameter BeLikeExactly { get; set; }
    [Parameter] public SwitchParameter Match { get; set; }
    [Parameter] public SwitchParameter MatchExactly { get; set; }
    [Parameter] public SwitchParameter BeTrue { get; set; }
    [Parameter] public SwitchParameter BeFalse { get; set; }
    [Parameter] public SwitchParameter BeNullOrEmpty { get; set; }
    [Parameter, Alias("GT")] public SwitchParameter BeGreaterThan { get; set; }
    [Parameter, Alias("GE")] public SwitchParameter BeGreaterOrEqual { get; set; }
    [Parameter, Alias("LT")] public SwitchParameter BeLessThan { get; set; }
    [Parameter, Alias("LE")] public SwitchParameter BeLessOrEqual { get; set; }
    [Parameter, Alias("HaveType")] public SwitchParameter BeOfType { get; set; }
    [Parameter] public SwitchParameter BeIn { get; set; }
    [Parameter] public SwitchParameter Contain { get; set; }
    [Parameter] public SwitchParameter HaveCount { get; set; }
    [Parameter] public SwitchParameter Exist { get; set; }
    [Parameter] public SwitchParameter Throw { get; set; }
    [Parameter] public new SwitchParameter Invoke { get; set; }

    // Of Throw.
    [Parameter] public string? ErrorId { get; set; }
    [Parameter] public Type? ExceptionType { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }

    // Of Invoke.
    [Parameter] public int Times { get; set; } = 1;
    [Parameter] public SwitchParameter Exactly { get; set; }
    [Parameter] public ScriptBlock? ParameterFilter { get; set; }
    [Parameter, ValidateSet("It", "Context", "Describe")] public string? Scope { get; set; }

    static readonly string[] Operators = [.. Assertion.Known.Keys, nameof(Throw), nameof(Invoke)];

    static readonly Dictionary<string, string[]> Extras = new()
    {
        [nameof(ErrorId)] = [nameof(Throw)],
        [nameof(ExceptionType)] = [nameof(Throw)],
        [nameof(PassThru)] = [nameof(Throw)],
        [nameof(Times)] = [nameof(Invoke)],
        [nameof(Exactly)] = [nameof(Invoke)],
        [nameof(ParameterFilter)] = [nameof(Invoke)],
        [nameof(Scope)] = [nameof(Invoke)],
        [nameof(ExpectedValue)] = [.. Operators.Except([nameof(BeTrue), nameof(BeFalse), nameof(BeNullOrEmpty), nameof(Exist)])],
    };

    void CheckThrow()
    {
        if (_actual is not [ScriptBlock script]) throw Refused("Should -Throw needs one script block through the pipeline.");
        // In a try, so that an error that ends only its statement is caught too.
        var thrown = ScriptBlock.Create("try { $null = & $args[0] } catch { $_ }").Invoke(script).Select(Node.Unwrapped).OfType<ErrorRecord>().FirstOrDefault();
        var (wanted, message) = ($"an error{(ErrorId is null ? "" : $" with id {ErrorId}")}{(ExpectedValue is null ? "" : $" that says '{ExpectedValue}'")}", thrown is null ? "" : $"'{thrown.Exception.Message}', id {thrown.FullyQualifiedErrorId}");
        var holds = thrown is not null
            && (ExpectedValue is null || new WildcardPattern($"{ExpectedValue}", WildcardOptions.IgnoreCase).IsMatch(thrown.Exception.Message))
            && (ErrorId is null || new WildcardPattern(ErrorId, WildcardOptions.IgnoreCase).IsMatch(thrown.FullyQualifiedErrorId))
            && (ExceptionType?.IsInstanceOfType(thrown.Exception) ?? true);
        if (holds == Not.IsPresent) Fail($"Expected {(Not ? "no" : "")} {wanted}, but {(thrown is null ? "nothing was thrown" : $"got {message}")}.");
        if (PassThru && thrown is not null) WriteObject(thrown);
    }

    void CheckInvoke()
    {
        var run = PesterRun.Of(this);
        var name = $"{ExpectedValue}";
        var count = run.Mocks.Find(name)?.Calls.Count(call => call.IsWithin(run, Scope) && call.Passes(ParameterFilter)) ?? throw Refused($"Should -Invoke needs a Mock of '{name}'.");
        var (times, exactly) = Not && !Given(nameof(Times)) ? (0, true) : (Times, Exactly.IsPresent);
        var negated = Not && Given(nameof(Times));
        var holds = exactly || times == 0 ? count == times : count >= times;
        if (holds == negated) Fail($"Expected {name} {(negated ? "not " : "")}to be called {(exactly ? "exactly" : "at least")} {times} times, but it was called {count} times.");
    }
}
