using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace PSFineTune.Tests.Pester;

/// <summary>One operator of Should.</summary>
/// <param name="Saying">What holds, with {0} for what is expected.</param>
/// <param name="TakesArray">True where all that came through the pipeline is one value.</param>
/// <param name="Holds">Of the cmdlet, what came and what is expected.</param>
sealed record Assertion(string Saying, bool TakesArray, Func<PSCmdlet, object?, object?, bool> Holds)
{
    public static IReadOnlyDictionary<string, Assertion> Known { get; } = new Dictionary<string, Assertion>
    {
        ["Be"] = new("{0}", true, (_, actual, expected) => AllEqual(actual, expected, ignoreCase: true)),
        ["BeExactly"] = new("exactly {0}", true, (_, actual, expected) => AllEqual(actual, expected, ignoreCase: false)),
        ["BeLike"] = new("a text like {0}", false, (_, actual, expected) => IsLike(actual, expected, WildcardOptions.IgnoreCase)),
        ["BeLikeExactly"] = new("a text exactly like {0}", false, (_, actual, expected) => IsLike(actual, expected, WildcardOptions.None)),
        ["Match"] = new("a text that matches {0}", false, (_, actual, expected) => Regex.IsMatch(Text(actual), Text(expected), RegexOptions.IgnoreCase)),
        ["MatchExactly"] = new("a text that exactly matches {0}", false, (_, actual, expected) => Regex.IsMatch(Text(actual), Text(expected))),
        ["BeTrue"] = new("to be true", false, (_, actual, _) => LanguagePrimitives.IsTrue(actual)),
        ["BeFalse"] = new("to be false", false, (_, actual, _) => !LanguagePrimitives.IsTrue(actual)),
        ["BeNullOrEmpty"] = new("to be null or empty", true, (_, actual, _) => IsEmpty(actual)),
        ["BeGreaterThan"] = new("more than {0}", false, (_, actual, expected) => Compared(actual, expected) > 0),
        ["BeGreaterOrEqual"] = new("{0} or more", false, (_, actual, expected) => Compared(actual, expected) >= 0),
        ["BeLessThan"] = new("less than {0}", false, (_, actual, expected) => Compared(actual, expected) < 0),
        ["BeLessOrEqual"] = new("{0} or less", false, (_, actual, expected) => Compared(actual, expected) <= 0),
        ["BeOfType"] = new("a value of type {0}", false, (_, actual, expected) => TypeOf(expected).IsInstanceOfType(actual)),
        ["BeIn"] = new("one of {0}", false, (_, actual, expected) => Listed(expected).Any(item => AreEqual(item, actual, ignoreCase: true))),
        ["Contain"] = new("a collection that contains {0}", true, (_, actual, expected) => Listed(actual).Any(item => AreEqual(item, expected, ignoreCase: true))),
        ["HaveCount"] = new("a collection of {0}", true, (_, actual, expected) => (actual is null ? 0 : Listed(actual).Count) == LanguagePrimitives.ConvertTo<int>(expected)),
        ["Exist"] = new("to be a path that exists", false, (cmdlet, actual, _) => cmdlet.InvokeProvider.Item.Exists(Text(actual))),
    };

    static bool AllEqual(object? actual, object? expected, bool ignoreCase)
    {
        var (left, right) = (Listed(actual), Listed(expected));
        return left.Count == right.Count && left.Zip(right).All(pair => AreEqual(pair.First, pair.Second, ignoreCase));
    }

    static bool AreEqual(object? left, object? right, bool ignoreCase) =>
        Many(left) is not null || Many(right) is not null ? AllEqual(left, right, ignoreCase) : LanguagePrimitives.Equals(left, right, ignoreCase);

    static bool IsLike(object? actual, object? expected, WildcardOptions options) => new WildcardPattern(Text(expected), options).IsMatch(Text(actual));

    // [int] as an argument is a text.
    static Type TypeOf(object? expected) => LanguagePrimitives.ConvertTo<Type>(expected is string name ? name.TrimStart('[').TrimEnd(']') : expected);

    static int Compared(object? actual, object? expected) => LanguagePrimitives.Compare(actual, expected, ignoreCase: true);

    static bool IsEmpty(object? actual) => actual switch
    {
        null => true,
        string text => text.Length == 0,
        IDictionary table => table.Count == 0,
        _ => Many(actual) is { } many && !many.Cast<object?>().Any(),
    };

    static IReadOnlyList<object?> Listed(object? value) => Many(value) is { } many ? [.. many.Cast<object?>().Select(Node.Unwrapped)] : [value];

    static IEnumerable? Many(object? value) => value is null or string ? null : LanguagePrimitives.GetEnumerable(value);

    static string Text(object? value) => value is null ? "" : LanguagePrimitives.ConvertTo<string>(value);
}

/// <summary>A value as a failure shows it.</summary>
static class Shown
{
    public static string Of(object? value) => value switch
    {
        null => "$null",
        string text => $"'{text}'",
        Type type => $"[{type.FullName}]",
        _ when LanguagePrimitives.GetEnumerable(value) is { } many => $"@({string.Join(", ", many.Cast<object?>().Select(item => Of(Node.Unwrapped(item))))})",
        _ => $"{LanguagePrimitives.ConvertTo<string>(value)} [{value.GetType().Name}]",
    };
}
