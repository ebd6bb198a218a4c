"""Who publishes the sources that the condition pages cite."""

NIAMS = "National Institute of Arthritis and Musculoskeletal and Skin Diseases"
MEDLINEPLUS = "MedlinePlus, National Library of Medicine"
NHS = "NHS"
AAOS = "OrthoInfo, American Academy of Orthopaedic Surgeons"
JOSPT = "Journal of Orthopaedic & Sports Physical Therapy"
COCHRANE = "Cochrane Database of Systematic Reviews"
CDC = "Centers for Disease Control and Prevention"
