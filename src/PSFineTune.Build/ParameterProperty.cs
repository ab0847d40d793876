using System.Reflection;

namespace PSFineTune.Build;

/// <summary>One parameter of a cmdlet: a property with one Parameter attribute for each set it is in.</summary>
sealed class ParameterProperty(PropertyInfo property)
{
    public PropertyInfo Property => property;

    public string Name => property.Name;

    public IReadOnlyList<ParameterUse> Uses { get; } = [.. property.Attributes("ParameterAttribute").Select(use => new ParameterUse(use))];

    public IReadOnlyList<string> Aliases { get; } =
        [.. property.Attributes("AliasAttribute").SelectMany(alias => (IEnumerable<CustomAttributeTypedArgument>)alias.ConstructorArguments[0].Value!).Select(name => (string)name.Value!)];

    public bool Wildcards => property.Attribute("SupportsWildcardsAttribute") is not null;

    public bool IsSwitch => property.PropertyType.Name == "SwitchParameter";

    public IReadOnlyList<string> Choices { get; } =
        [.. property.Attributes("ValidateSetAttribute").SelectMany(set => (IEnumerable<CustomAttributeTypedArgument>)set.ConstructorArguments[0].Value!).Select(value => (string)value.Value!)];

    /// <summary>What the PSDefaultValue attribute says; null where it says nothing.</summary>
    public string? Default =>
        property.Attribute("PSDefaultValueAttribute") is { } given ? (given.Named("Help") ?? given.Named("Value"))?.ToString() : null;

    public string TypeName => NameOf(property.PropertyType);

    /// <summary>Positions first, named ones after.</summary>
    public int Order => Uses.Where(use => use.Position >= 0).Select(use => use.Position).DefaultIfEmpty(int.MaxValue).Min();

    public ParameterUse? In(string set) => Uses.FirstOrDefault(use => use.Set == set) ?? Uses.FirstOrDefault(use => use.Set == ParameterUse.EverySet);

    static string NameOf(Type type) =>
        type.IsArray ? NameOf(type.GetElementType()!) + "[]" :
        type.IsGenericType ? NameOf(type.GetGenericArguments()[0]) + (type.Name.StartsWith("Nullable", StringComparison.Ordinal) ? "" : "[]") :
        type.Name;
}

/// <summary>How a parameter takes part in one set.</summary>
sealed class ParameterUse(CustomAttributeData attribute)
{
    public const string EverySet = "__AllParameterSets";

    public string Set => (string?)attribute.Named("ParameterSetName") ?? EverySet;

    public bool Mandatory => attribute.Named("Mandatory") is true;

    /// <summary>From 0; negative where the parameter goes by name alone.</summary>
    public int Position => attribute.Named("Position") as int? ?? int.MinValue;

    public string PipelineInput => (attribute.Named("ValueFromPipeline") is true, attribute.Named("ValueFromPipelineByPropertyName") is true) switch
    {
        (true, true) => "true (ByValue, ByPropertyName)",
        (true, false) => "true (ByValue)",
        (false, true) => "true (ByPropertyName)",
        _ => "false",
    };
}
