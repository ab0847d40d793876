namespace PSFineTune.Audit;

/// <summary>What one pass over image files has learned of each.</summary>
abstract class ImageSurvey : Survey
{
}
