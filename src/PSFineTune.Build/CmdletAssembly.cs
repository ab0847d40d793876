using System.Reflection;
using System.Runtime.InteropServices;

namespace PSFineTune.Build;

/// <summary>The cmdlets of a built assembly, read as metadata: nothing of it runs, and no engine is needed.</summary>
sealed class CmdletAssembly : IDisposable
{
    readonly MetadataLoadContext _context;

    public CmdletAssembly(string path)
    {
        var beside = Directory.GetFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, "*.dll");
        var runtime = Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll");
        _context = new(new PathAssemblyResolver([.. beside, .. runtime]));
        All = [.. _context.LoadFromAssemblyPath(Path.GetFullPath(path)).GetExportedTypes()
            .Where(type => !type.IsAbstract && type.Attribute("CmdletAttribute") is not null)
            .Select(type => new CmdletType(type)).OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];
    }

    /// <summary>In ordinal order of their names.</summary>
    public IReadOnlyList<CmdletType> All { get; }

    public void Dispose() => _context.Dispose();
}

/// <summary>One cmdlet: a class with the Cmdlet attribute.</summary>
sealed class CmdletType(Type type)
{
    readonly CustomAttributeData _cmdlet = type.Attribute("CmdletAttribute")!;

    public Type Type => type;

    public string Verb => (string)_cmdlet.ConstructorArguments[0].Value!;

    public string Noun => (string)_cmdlet.ConstructorArguments[1].Value!;

    public string Name => $"{Verb}-{Noun}";

    public bool SupportsShouldProcess => _cmdlet.Named("SupportsShouldProcess") is true;

    public bool SupportsPaging => _cmdlet.Named("SupportsPaging") is true;

    public IReadOnlyList<Type> Outputs { get; } =
        [.. type.Attributes("OutputTypeAttribute").SelectMany(output => output.ConstructorArguments)
            .SelectMany(argument => argument.Value is IEnumerable<CustomAttributeTypedArgument> many ? many : [argument])
            .Select(argument => argument.Value).OfType<Type>()];

    /// <summary>Declared and inherited, positional ones first.</summary>
    public IReadOnlyList<ParameterProperty> Parameters { get; } =
        [.. type.GetProperties().Where(property => property.Attributes("ParameterAttribute").Any())
            .Select(property => new ParameterProperty(property)).OrderBy(parameter => parameter.Order).ThenBy(parameter => parameter.Name, StringComparer.Ordinal)];

    /// <summary>The default set first; one without a name where there are no sets.</summary>
    public IReadOnlyList<string> Sets
    {
        get
        {
            var standard = (string?)_cmdlet.Named("DefaultParameterSetName");
            var named = Parameters.SelectMany(parameter => parameter.Uses).Select(use => use.Set).Where(set => set != ParameterUse.EverySet);
            string[] all = [.. (standard is null ? named : named.Prepend(standard)).Distinct()];
            return all.Length == 0 ? [ParameterUse.EverySet] : all;
        }
    }
}

static class Metadata
{
    public static IEnumerable<CustomAttributeData> Attributes(this MemberInfo member, string name) =>
        member.GetCustomAttributesData().Where(attribute => attribute.AttributeType.Name == name);

    public static CustomAttributeData? Attribute(this MemberInfo member, string name) => member.Attributes(name).FirstOrDefault();

    public static object? Named(this CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.Where(argument => argument.MemberName == name).Select(argument => argument.TypedValue.Value).FirstOrDefault();
}
