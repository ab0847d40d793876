using System.Management.Automation;
using System.Text.RegularExpressions;

namespace PSFineTune.Tests.Pester;

/// <summary>The placeholders of names: &lt;key&gt; of the item, &lt;_&gt; for the item itself, dots for properties.</summary>
static partial class Template
{
    public static string Filled(string name, object? item, Block parent) =>
        Placeholder().Replace(name, match =>
        {
            var path = match.Groups[1].Value.Split('.');
            return Found(path[0], item, parent, out var value) ? Said(path.Skip(1).Aggregate(value, Property)) : match.Value;
        });

    static bool Found(string key, object? item, Block parent, out object? value)
    {
        value = item;
        if (key == "_" && item is not null) return true;
        foreach (var table in parent.Ancestors.Prepend(parent).Select(block => block.Data).Prepend(new Block("", null, "", null) { Item = item }.Data))
        {
            foreach (var entry in table.Where(entry => key.Equals($"{entry.Key}", StringComparison.OrdinalIgnoreCase)))
            {
                value = entry.Value;
                return true;
            }
        }
        return false;
    }

    static object? Property(object? value, string name) => value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value;

    static string Said(object? value) => value is null ? "$null" : LanguagePrimitives.ConvertTo<string>(value);

    [GeneratedRegex(@"<(\w+(?:\.\w+)*)>")]
    private static partial Regex Placeholder();
}
