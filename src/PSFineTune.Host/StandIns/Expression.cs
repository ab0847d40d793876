using System.Collections;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace PSFineTune.Hosting.StandIns;

/// <summary>A property as cmdlets take it: a name with wildcards, a script block, or a hashtable with Name and Expression.</summary>
sealed class Expression
{
    readonly PSPropertyExpression _property;
    readonly string? _name;

    Expression(PSPropertyExpression property, string? name, bool? descending)
    {
        (_property, _name, Descending) = (property, name, descending);
    }

    /// <summary>The order that the hashtable asks for; null where it does not.</summary>
    public bool? Descending { get; }

    /// <summary>How the property is called in messages.</summary>
    public string Text => _name ?? _property.ToString();

    public static IReadOnlyList<Expression> All(IEnumerable<object> given) => [.. given.Select(From)];

    static Expression From(object given) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch
    {
        IDictionary table => From(table),
        ScriptBlock script => new(new(script), null, null),
        var name => new(new(LanguagePrimitives.ConvertTo<string>(name)), null, null),
    };

    static Expression From(IDictionary table)
    {
        string? name = null;
        object? expression = null;
        bool? descending = null;
        foreach (DictionaryEntry entry in table)
        {
            var key = LanguagePrimitives.ConvertTo<string>(entry.Key).ToLowerInvariant();
            if (key.Length > 0 && ("name".StartsWith(key, StringComparison.Ordinal) || "label".StartsWith(key, StringComparison.Ordinal)))
                name = LanguagePrimitives.ConvertTo<string>(entry.Value);
            else if (key.Length > 0 && "expression".StartsWith(key, StringComparison.Ordinal))
                expression = entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value;
            else if (key is "descending")
                descending = LanguagePrimitives.IsTrue(entry.Value);
            else if (key is "ascending")
                descending = !LanguagePrimitives.IsTrue(entry.Value);
            else
                throw new PSArgumentException($"The key '{key}' is not valid. The keys known here are Name, Label, Expression, Ascending, Descending.");
        }
        if (expression is null)
            throw new PSArgumentException("The hashtable of a calculated property needs the key Expression.");
        return new(expression is ScriptBlock script ? new(script) : new(LanguagePrimitives.ConvertTo<string>(expression)), name, descending);
    }

    /// <summary>The properties of <paramref name="item"/> that the expression names, with their values; none where it has none.</summary>
    public IEnumerable<(string Name, object? Value)> Resolve(PSObject item)
    {
        foreach (var found in _property.ResolveNames(item))
            foreach (var result in found.GetValues(item))
                yield return (_name ?? found.ToString(), result.Exception is null ? result.Result : null);
    }

    /// <summary>The value on <paramref name="item"/>, and whether there is such a property.</summary>
    public (bool Exists, object? Value) ValueOf(PSObject item)
    {
        foreach (var (_, value) in Resolve(item))
            return (true, value);
        return (false, null);
    }
}

/// <summary>Compares as the engine's -lt does, and as text where it can not; null comes first, what does not exist last.</summary>
sealed class ValueOrder(bool caseSensitive) : IComparer<(bool Exists, object? Value)>
{
    public int Compare((bool Exists, object? Value) left, (bool Exists, object? Value) right) =>
        left.Exists && right.Exists ? Compare(left.Value, right.Value) : right.Exists.CompareTo(left.Exists);

    public int Compare(object? left, object? right)
    {
        (left, right) = (Bare(left), Bare(right));
        if (left is null || right is null)
            return (left is not null).CompareTo(right is not null);
        return LanguagePrimitives.TryCompare(left, right, !caseSensitive, out var result)
            ? result
            : string.Compare(Text(left), Text(right), caseSensitive ? StringComparison.CurrentCulture : StringComparison.CurrentCultureIgnoreCase);
    }

    public static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    static string Text(object value) => PSObject.AsPSObject(value).ToString();
}
