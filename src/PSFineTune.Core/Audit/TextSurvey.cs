namespace PSFineTune.Audit;

/// <summary>What one pass over texts has learned of each.</summary>
abstract class TextSurvey : Survey
{
}
