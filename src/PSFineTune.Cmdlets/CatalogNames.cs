using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PSFineTune.Cmdlets;

/// <summary>Completes the names of a catalog: ops, architectures, optimizers, recipes; the tooltip lists their settings.</summary>
public sealed class CatalogNames<T> : NameCompleter where T : class
{
    private protected override IEnumerable<CompletionResult> All(CommandAst command, IDictionary given) =>
        Catalog<T>.Types.Select(type => Told(type.Name, Described(type)));

    static string Described(Type type) =>
        string.Join(", ", CatalogSettings.Of(type).Select(setting => setting.Name)) is { Length: > 0 } settings ? $"{type.Name}: {settings}" : type.Name;
}
