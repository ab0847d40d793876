namespace PSFineTune.Augment.Policies;

/// <summary>The changes that augmentation policies choose among, by torchvision's names.</summary>
enum PolicyStep
{
    Identity, ShearX, ShearY, TranslateX, TranslateY, Rotate, Brightness, Color, Contrast, Sharpness, Posterize, Solarize, AutoContrast, Equalize, Invert,
}
