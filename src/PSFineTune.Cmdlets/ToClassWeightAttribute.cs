using System.Collections;
using System.Globalization;
using System.Management.Automation;
using PSFineTune.Training.ClassWeights;

namespace PSFineTune.Cmdlets;

/// <summary>Takes what users write for class weights: a rule by name, @{ Rule = @{ Setting = value } }, or @{ class = weight; … }.</summary>
public sealed class ToClassWeightAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is IDictionary table && !IsRule(table)
            ? new ByClass { Weights = table.Cast<DictionaryEntry>().ToDictionary(entry => entry.Key.ToString()!, entry => WeightOf(entry)) }
            : new ToCatalogItemAttribute<ClassWeightSpec>().Transform(engineIntrinsics, inputData);

    static bool IsRule(IDictionary table) => table.Count == 1 && table.Values.Cast<object?>().Single() is IDictionary or PSObject { BaseObject: IDictionary };

    static double WeightOf(DictionaryEntry entry) => LanguagePrimitives.TryConvertTo<double>(entry.Value, CultureInfo.InvariantCulture, out var weight)
        ? weight
        : throw new ArgumentTransformationMetadataException($"The weight of class '{entry.Key}' is '{entry.Value}'; it must be a number above 0.");
}
