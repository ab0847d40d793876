using System.Management.Automation;

namespace PSFineTune.Cmdlets;

/// <summary>
/// The conversion of names and hashtables to a catalog's records, for where no attribute stands: casts, and the copies of
/// our parameters that ProxyCommand makes for Pester's Mock, which leave the attributes out. Named in types.ps1xml.
/// </summary>
public sealed class CatalogConverter : PSTypeConverter
{
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        sourceValue is string or System.Collections.IDictionary { Count: 1 };

    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        var transformation = (ArgumentTransformationAttribute)Activator.CreateInstance(typeof(ToCatalogItemAttribute<>).MakeGenericType(destinationType))!;
        return transformation.Transform(null!, sourceValue);
    }

    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException($"A {sourceValue.GetType().Name} is no {destinationType.Name}.");
}
