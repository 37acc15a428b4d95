-- Written by the program as of commit 70d16af, which gave the schema no version.
BEGIN TRANSACTION;
CREATE TABLE assets (
	file_name VARCHAR NOT NULL, 
	original_name TEXT NOT NULL, 
	source_url TEXT NOT NULL, 
	media_type VARCHAR, 
	size INTEGER, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (file_name)
);
INSERT INTO "assets" VALUES('96f8f3ca-1d1f-4cf6-ad58-83894300fc0a.jpg','flux_sign_diffusion.jpg','https://assets.rapidata.ai/flux_sign_diffusion.jpg',NULL,NULL,1800000120.0);
INSERT INTO "assets" VALUES('c1c72925-cbe0-44c7-ae21-8490014d8f31.jpg','mj_sign_diffusion.jpg','https://assets.rapidata.ai/mj_sign_diffusion.jpg',NULL,NULL,1800000120.0);
CREATE TABLE assignments (
	job_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	user_score DOUBLE NOT NULL, 
	position INTEGER, 
	due DOUBLE NOT NULL, 
	answered INTEGER NOT NULL, 
	PRIMARY KEY (job_id, labeler_id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "assignments" VALUES('job_e5889cd12981','sim_00000',0.9128,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_e5889cd12981','sim_00001',0.6853,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_e5889cd12981','sim_00002',0.8051,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_e5889cd12981','sim_00003',0.6866,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_e5889cd12981','sim_00004',0.8589,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_e5889cd12981','sim_00005',0.8946,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_a9ed3a20db62','sim_00000',0.6,NULL,1.67635056917110336627e-01,0);
INSERT INTO "assignments" VALUES('job_a9ed3a20db62','sim_00001',0.6,NULL,3.80800852152049507104e-02,0);
INSERT INTO "assignments" VALUES('job_a9ed3a20db62','sim_00003',0.6,NULL,1.42964960662369855448e-01,0);
INSERT INTO "assignments" VALUES('job_a9ed3a20db62','sim_00004',0.6,NULL,1.77450890748558576248e-01,0);
INSERT INTO "assignments" VALUES('job_a9ed3a20db62','sim_00005',0.6,NULL,4.69405746744404162029e-01,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00000',0.9128,1,8.82159196060397610139e-01,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00001',0.6853,0,7.66209983704041919239e-01,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00002',0.8051,2,1.53428741672467,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00003',0.6866,1,9.51603168812006350307e-01,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00004',0.8589,0,6.60859459502931123608e-01,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00005',0.8946,2,7.46897733086435922089e-01,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00006',0.8725,2,6.85570639188258779128e-01,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00007',0.8061,2,0.640110634393602,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00008',0.7177,1,1.15177235394273291824e+00,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00009',0.7929,1,8.44633007200708330053e-01,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00010',0.815,1,1.4340305668257518068e+00,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00011',0.7714,1,9.5774717563289724076e-01,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00012',0.8861,1,7.75384379756321351351e-01,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00013',0.8656,2,1.18045786553835441168e+00,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00014',0.7068,0,6.87633659542252750895e-01,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00015',0.7307,2,8.3936224490444111268e-01,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00016',0.8712,0,6.07554538491472784222e-01,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00017',0.8185,1,1.10976363423848889411e+00,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00018',0.7812,0,9.13376122082133479196e-01,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00019',0.0352,0,6.0727023627574416853e-01,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00020',0.4345,2,6.90773183522919609345e-01,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00021',0.9082,0,1.51288093931819367377e+00,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00022',0.7888,0,1.00814518465272984215e+00,0);
INSERT INTO "assignments" VALUES('job_51eeedf85c31','sim_00023',0.6593,2,9.29141201197755561835e-01,0);
CREATE TABLE audiences (
	id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	base_id VARCHAR, 
	name TEXT NOT NULL, 
	description TEXT, 
	status VARCHAR NOT NULL, 
	filters JSON NOT NULL, 
	graduation_rule JSON NOT NULL, 
	leave_after INTEGER, 
	drop_min_responses INTEGER NOT NULL, 
	drop_score DOUBLE NOT NULL, 
	created_at DOUBLE NOT NULL, 
	recruiting_since DOUBLE, 
	crowd_size INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "audiences" VALUES('global','global',NULL,'Global','Everyone: the broadest pool of labelers, ready for any simple task.','Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 10, "maxTasks": null}',NULL,3,0.2,0.0,NULL,0);
INSERT INTO "audiences" VALUES('aud_alignment','curated',NULL,'Alignment','Labelers trained to judge how well an image or video follows its prompt.','Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 10, "maxTasks": null}',NULL,3,0.2,0.0,NULL,0);
INSERT INTO "audiences" VALUES('aud_aa69bdd805c4','custom',NULL,'Readers',NULL,'Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3, "maxTasks": 3}',10,3,0.2,1800000000.0,1800000000.0,6);
INSERT INTO "audiences" VALUES('aud_dc963c15dab4','custom',NULL,'Empty',NULL,'Created','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3, "maxTasks": 3}',10,3,0.2,1800000120.0,NULL,0);
CREATE TABLE batch_uploads (
	id VARCHAR NOT NULL, 
	correlation_id VARCHAR, 
	outcomes JSON NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "batch_uploads" VALUES('bup_b9f0bae06782','515cd978-1120-4a5f-9516-7a1ed63f061c','[{"url": "https://assets.rapidata.ai/flux_sign_diffusion.jpg", "status": "Completed", "fileName": "96f8f3ca-1d1f-4cf6-ad58-83894300fc0a.jpg", "warnings": []}, {"url": "https://assets.rapidata.ai/mj_sign_diffusion.jpg", "status": "Completed", "fileName": "c1c72925-cbe0-44c7-ae21-8490014d8f31.jpg", "warnings": []}]');
CREATE TABLE candidates (
	audience_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	answered INTEGER NOT NULL, 
	correct INTEGER NOT NULL, 
	joined_at DOUBLE NOT NULL, 
	decided_at DOUBLE, 
	next_due DOUBLE, 
	PRIMARY KEY (audience_id, labeler_id), 
	FOREIGN KEY(audience_id) REFERENCES audiences (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "candidates" VALUES('aud_aa69bdd805c4','sim_00000','Graduated',3,3,1800000000.57041,1.80000000245918154711e+09,NULL);
INSERT INTO "candidates" VALUES('aud_aa69bdd805c4','sim_00001','Graduated',3,3,1.80000000146999263768e+09,1.80000000295002913477e+09,NULL);
INSERT INTO "candidates" VALUES('aud_aa69bdd805c4','sim_00002','DroppedLowScore',3,2,1.80000000130263471606e+09,1.80000000392857670786e+09,NULL);
INSERT INTO "candidates" VALUES('aud_aa69bdd805c4','sim_00003','Graduated',3,3,1.80000000115673041345e+09,1.8000000033390629291e+09,NULL);
INSERT INTO "candidates" VALUES('aud_aa69bdd805c4','sim_00004','Graduated',3,3,1.80000000047890853886e+09,1.8000000017441015244e+09,NULL);
INSERT INTO "candidates" VALUES('aud_aa69bdd805c4','sim_00005','Graduated',3,3,1.8000000001419122219e+09,1.80000000169166898726e+09,NULL);
CREATE TABLE datapoints (
	id VARCHAR NOT NULL, 
	dataset_id VARCHAR NOT NULL, 
	sort_index INTEGER NOT NULL, 
	arrived_at DOUBLE NOT NULL, 
	item_names JSON NOT NULL, 
	context TEXT, 
	segments JSON, 
	group_name VARCHAR, 
	private_metadata JSON, 
	PRIMARY KEY (id), 
	FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE
);
INSERT INTO "datapoints" VALUES('dpt_0ea0e8f118b8','dst_b45ce937a265',0,1800000120.0,'["first text 0", "second text 0"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 0"}, {"_t": "TextAssetInput", "text": "second text 0"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_3cffd3c56e57','dst_b45ce937a265',1,1800000120.0,'["first text 1", "second text 1"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 1"}, {"_t": "TextAssetInput", "text": "second text 1"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_44d5d1f638bc','dst_b45ce937a265',2,1800000120.0,'["first text 2", "second text 2"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 2"}, {"_t": "TextAssetInput", "text": "second text 2"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_3880ede182c5','dst_c7551f667803',0,1800000120.0,'["96f8f3ca-1d1f-4cf6-ad58-83894300fc0a.jpg", "c1c72925-cbe0-44c7-ae21-8490014d8f31.jpg"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "ExistingAssetInput", "name": "96f8f3ca-1d1f-4cf6-ad58-83894300fc0a.jpg"}, {"_t": "ExistingAssetInput", "name": "c1c72925-cbe0-44c7-ae21-8490014d8f31.jpg"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_85933ae7cab4','dst_24aa1f85a470',0,1800000142.0,'["a", "b"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "a"}, {"_t": "TextAssetInput", "text": "b"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_cc8b3248ac7b','dst_5844dc29fbcd',0,1800000152.0,'["one 0", "two 0"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 0"}, {"_t": "TextAssetInput", "text": "two 0"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_e766fa7fe118','dst_5844dc29fbcd',1,1800000152.0,'["one 1", "two 1"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 1"}, {"_t": "TextAssetInput", "text": "two 1"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_209b772f6e6d','dst_5844dc29fbcd',2,1800000152.0,'["one 2", "two 2"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 2"}, {"_t": "TextAssetInput", "text": "two 2"}]}}]',NULL,'null');
CREATE TABLE datasets (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	schema JSON, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "datasets" VALUES('dst_b45ce937a265','Texts_dataset','null',1800000120.0);
INSERT INTO "datasets" VALUES('dst_c7551f667803','Pictures_dataset','null',1800000120.0);
INSERT INTO "datasets" VALUES('dst_24aa1f85a470','Draft_dataset','null',1800000142.0);
INSERT INTO "datasets" VALUES('dst_5844dc29fbcd','Halfway_dataset','null',1800000152.0);
CREATE TABLE definitions (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	created_at DOUBLE NOT NULL, 
	deleted_at DOUBLE, 
	PRIMARY KEY (id)
);
INSERT INTO "definitions" VALUES('jdf_724d2303de76','Texts',1800000120.0,NULL);
INSERT INTO "definitions" VALUES('jdf_f17320d592d6','Pictures',1800000120.0,NULL);
INSERT INTO "definitions" VALUES('jdf_c7b04dbac2cb','Draft',1800000142.0,NULL);
INSERT INTO "definitions" VALUES('jdf_59010143e649','Halfway',1800000152.0,NULL);
CREATE TABLE example_responses (
	example_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	correct BOOLEAN NOT NULL, 
	at DOUBLE NOT NULL, 
	PRIMARY KEY (example_id, labeler_id), 
	FOREIGN KEY(example_id) REFERENCES examples (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "example_responses" VALUES('exm_7e55b206d76f','sim_00005',1,1.80000000065849781035e+09);
INSERT INTO "example_responses" VALUES('exm_a16bf4d2ff61','sim_00004',1,1.80000000090063953404e+09);
INSERT INTO "example_responses" VALUES('exm_041b222c7731','sim_00005',1,1.80000000117508339881e+09);
INSERT INTO "example_responses" VALUES('exm_a16bf4d2ff61','sim_00000',1,1.80000000120000052446e+09);
INSERT INTO "example_responses" VALUES('exm_041b222c7731','sim_00004',1,1.80000000132237052922e+09);
INSERT INTO "example_responses" VALUES('exm_a16bf4d2ff61','sim_00005',1,1.80000000169166898726e+09);
INSERT INTO "example_responses" VALUES('exm_7e55b206d76f','sim_00004',1,1.8000000017441015244e+09);
INSERT INTO "example_responses" VALUES('exm_041b222c7731','sim_00000',1,1.80000000182959103579e+09);
INSERT INTO "example_responses" VALUES('exm_7e55b206d76f','sim_00003',1,1.80000000188417458527e+09);
INSERT INTO "example_responses" VALUES('exm_7e55b206d76f','sim_00001',1,1.80000000196333813668e+09);
INSERT INTO "example_responses" VALUES('exm_a16bf4d2ff61','sim_00002',1,1.80000000217794871321e+09);
INSERT INTO "example_responses" VALUES('exm_041b222c7731','sim_00001',1,1.80000000245668363568e+09);
INSERT INTO "example_responses" VALUES('exm_7e55b206d76f','sim_00000',1,1.80000000245918154711e+09);
INSERT INTO "example_responses" VALUES('exm_041b222c7731','sim_00003',1,1.80000000261161875727e+09);
INSERT INTO "example_responses" VALUES('exm_a16bf4d2ff61','sim_00001',1,1.80000000295002913477e+09);
INSERT INTO "example_responses" VALUES('exm_041b222c7731','sim_00002',1,1.80000000305326271054e+09);
INSERT INTO "example_responses" VALUES('exm_a16bf4d2ff61','sim_00003',1,1.8000000033390629291e+09);
INSERT INTO "example_responses" VALUES('exm_7e55b206d76f','sim_00002',0,1.80000000392857670786e+09);
CREATE TABLE examples (
	id VARCHAR NOT NULL, 
	audience_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	body JSON NOT NULL, 
	correct_count INTEGER NOT NULL, 
	incorrect_count INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(audience_id) REFERENCES audiences (id) ON DELETE CASCADE
);
INSERT INTO "examples" VALUES('exm_a16bf4d2ff61','aud_aa69bdd805c4',0,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 0"}, {"_t": "TextAssetInput", "text": "muddled answer 0"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 0"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
INSERT INTO "examples" VALUES('exm_7e55b206d76f','aud_aa69bdd805c4',1,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 1"}, {"_t": "TextAssetInput", "text": "muddled answer 1"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 1"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',5,1);
INSERT INTO "examples" VALUES('exm_041b222c7731','aud_aa69bdd805c4',2,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 2"}, {"_t": "TextAssetInput", "text": "muddled answer 2"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 2"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
CREATE TABLE job_datapoints (
	job_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	datapoint_id VARCHAR NOT NULL, 
	settled BOOLEAN NOT NULL, 
	PRIMARY KEY (job_id, position), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "job_datapoints" VALUES('job_e5889cd12981',0,'dpt_0ea0e8f118b8',1);
INSERT INTO "job_datapoints" VALUES('job_e5889cd12981',1,'dpt_3cffd3c56e57',1);
INSERT INTO "job_datapoints" VALUES('job_e5889cd12981',2,'dpt_44d5d1f638bc',1);
INSERT INTO "job_datapoints" VALUES('job_a9ed3a20db62',0,'dpt_3880ede182c5',0);
INSERT INTO "job_datapoints" VALUES('job_4cdb1e3c2129',0,'dpt_85933ae7cab4',0);
INSERT INTO "job_datapoints" VALUES('job_51eeedf85c31',0,'dpt_cc8b3248ac7b',0);
INSERT INTO "job_datapoints" VALUES('job_51eeedf85c31',1,'dpt_e766fa7fe118',0);
INSERT INTO "job_datapoints" VALUES('job_51eeedf85c31',2,'dpt_209b772f6e6d',0);
CREATE TABLE jobs (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	definition_id VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	audience_id VARCHAR NOT NULL, 
	pipeline_id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	created_at DOUBLE NOT NULL, 
	completed_at DOUBLE, 
	running_since DOUBLE, 
	ran_for DOUBLE NOT NULL, 
	pace DOUBLE NOT NULL, 
	datapoint_count INTEGER NOT NULL, 
	settled_count INTEGER NOT NULL, 
	response_count INTEGER NOT NULL, 
	simulated_count INTEGER NOT NULL, 
	cost DOUBLE DEFAULT '0' NOT NULL, 
	preceding_job_id VARCHAR, 
	failed_at DOUBLE, 
	failure_message TEXT, 
	review_reason VARCHAR, 
	stale_at_end BOOLEAN, 
	deleted_at DOUBLE, 
	PRIMARY KEY (id)
);
INSERT INTO "jobs" VALUES('job_e5889cd12981','Texts:1','jdf_724d2303de76',1,'global','ppl_bd1b6db92002','Completed',1800000130.0,1.80000013140365743629e+09,NULL,1.40365747678728913783e+00,1.0,3,3,9,9,0.0,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('job_a9ed3a20db62','Pictures:1','jdf_f17320d592d6',1,'aud_aa69bdd805c4','ppl_edc4ea4aee0c','Running',1800000142.0,NULL,1800000142.0,0.0,1.0,1,0,0,0,0.0,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('job_4cdb1e3c2129','Draft:1','jdf_c7b04dbac2cb',1,'global','ppl_8fa2604c8cd1','Running',1800000152.0,NULL,1800000152.0,0.0,1.0,1,0,0,0,0.0,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('job_51eeedf85c31','Halfway:1','jdf_59010143e649',1,'global','ppl_dc37b470f307','Paused',1800000162.0,NULL,NULL,0.5,1.0,3,0,0,0,0.0,NULL,NULL,NULL,NULL,0,NULL);
CREATE TABLE labelers (
	id VARCHAR NOT NULL, 
	simulated BOOLEAN NOT NULL, 
	country VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	age VARCHAR NOT NULL, 
	gender VARCHAR NOT NULL, 
	occupation VARCHAR NOT NULL, 
	device VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "labelers" VALUES('sim_00000',1,'MX','es','65+','Female','Self-employed','Phone');
INSERT INTO "labelers" VALUES('sim_00001',1,'ES','es','40-49','Male','Student','Phone');
INSERT INTO "labelers" VALUES('sim_00002',1,'ID','id','65+','Female','Student','Tablet');
INSERT INTO "labelers" VALUES('sim_00003',1,'MX','es','40-49','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00004',1,'IN','en','18-29','Male','Student','Tablet');
INSERT INTO "labelers" VALUES('sim_00005',1,'MX','es','40-49','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00006',1,'DE','de','65+','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00007',1,'FR','fr','65+','Male','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00008',1,'SE','sv','50-64','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00009',1,'DE','de','18-29','Female','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00010',1,'US','en','18-29','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00011',1,'CO','es','30-39','Male','Student','Tablet');
INSERT INTO "labelers" VALUES('sim_00012',1,'RO','ro','18-29','Male','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00013',1,'MX','es','30-39','Female','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00014',1,'FR','fr','50-64','Male','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00015',1,'ES','es','40-49','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00016',1,'MA','ar','65+','Male','Self-employed','Phone');
INSERT INTO "labelers" VALUES('sim_00017',1,'MY','ms','40-49','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00018',1,'IN','en','65+','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00019',1,'MA','ar','50-64','Female','Self-employed','Phone');
INSERT INTO "labelers" VALUES('sim_00020',1,'PH','en','65+','Female','Student','Phone');
INSERT INTO "labelers" VALUES('sim_00021',1,'FR','fr','65+','Male','Employed','Unknown');
INSERT INTO "labelers" VALUES('sim_00022',1,'KE','en','65+','Female','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00023',1,'TR','tr','30-39','Female','Employed','Tablet');
CREATE TABLE ledger (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	begun_at DOUBLE NOT NULL, 
	owner VARCHAR, 
	notes JSON NOT NULL, 
	settled_at DOUBLE, 
	made_id VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "ledger" VALUES(1,'5b1b885c6cd8a5cf652ea0bcb17e2ea624d1a7bb9f6c0f8f0a85230bee8f2e5f','audience',1800000000.0,NULL,'{}',1800000000.0,'aud_aa69bdd805c4');
INSERT INTO "ledger" VALUES(2,'0bc633e682c6c9bc24aa4336d9616cf9209518c2bc9a52fc59ffd53d96cc9c09','audience',1800000120.0,NULL,'{}',1800000120.0,'aud_dc963c15dab4');
INSERT INTO "ledger" VALUES(3,'0a55ebfe8bc8a023a102a4755f126315db51036bbf4f2d094c8be54df1a56f9a','definition',1800000120.0,NULL,'{"dataset_id": "dst_b45ce937a265"}',1800000120.0,'jdf_724d2303de76');
INSERT INTO "ledger" VALUES(4,'65e92539ea426859761d7481232bb4b69ef47abbfa697ac0d3a29238d0e75c3a','definition',1800000120.0,NULL,'{"dataset_id": "dst_c7551f667803"}',1800000120.0,'jdf_f17320d592d6');
INSERT INTO "ledger" VALUES(5,'84aa3eb37a0b942d5678e2667dc90b49516a3b5f4ec7df9bb88cf0d446c7f574','job',1800000130.0,NULL,'{}',1800000130.0,'job_e5889cd12981');
INSERT INTO "ledger" VALUES(6,'88d89c509dda385c5a9fab211d68778f32d4d3be4c5ff5b9941a8742b62d042a','job',1800000142.0,NULL,'{}',1800000142.0,'job_a9ed3a20db62');
INSERT INTO "ledger" VALUES(7,'9744e0113a286266affac58b429cc023b1afef1011f8daf815be53a18f71fe3d','definition',1800000142.0,NULL,'{"dataset_id": "dst_24aa1f85a470"}',1800000142.0,'jdf_c7b04dbac2cb');
INSERT INTO "ledger" VALUES(8,'99152b4df4e57bf361248a5b20a2769f0af704f282b0e1397e1497ea84234372','job',1800000152.0,NULL,'{}',1800000152.0,'job_4cdb1e3c2129');
INSERT INTO "ledger" VALUES(9,'d155e9f0a60412e2ef2d7df0814d76cd86d489946829058b0d7b80785ebcb075','definition',1800000152.0,NULL,'{"dataset_id": "dst_5844dc29fbcd"}',1800000152.0,'jdf_59010143e649');
INSERT INTO "ledger" VALUES(10,'cfc83bc9cdbb411a6c4f0f92696fe177cc1757ed3433ed46b3354ee4fab03f8f','job',1800000162.0,NULL,'{}',1800000162.0,'job_51eeedf85c31');
CREATE TABLE preliminary_downloads (
	id VARCHAR NOT NULL, 
	job_id VARCHAR NOT NULL, 
	asked BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "preliminary_downloads" VALUES('preliminary_downloads_id','job_4cdb1e3c2129',0);
CREATE TABLE responses (
	id INTEGER NOT NULL, 
	job_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	choice INTEGER NOT NULL, 
	user_score DOUBLE NOT NULL, 
	simulated BOOLEAN NOT NULL, 
	at DOUBLE NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "responses" VALUES(1,'job_e5889cd12981',0,'sim_00000',0,0.9128,1,1.8000001306812465191e+09);
INSERT INTO "responses" VALUES(2,'job_e5889cd12981',0,'sim_00001',0,0.6853,1,1.80000013073683571814e+09);
INSERT INTO "responses" VALUES(3,'job_e5889cd12981',2,'sim_00003',0,0.6866,1,1.8000001307482697963e+09);
INSERT INTO "responses" VALUES(4,'job_e5889cd12981',1,'sim_00005',1,0.8946,1,1.80000013086466860772e+09);
INSERT INTO "responses" VALUES(5,'job_e5889cd12981',2,'sim_00004',0,0.8589,1,1800000130.89015);
INSERT INTO "responses" VALUES(6,'job_e5889cd12981',1,'sim_00000',1,0.9128,1,1.80000013110185408584e+09);
INSERT INTO "responses" VALUES(7,'job_e5889cd12981',1,'sim_00002',1,0.8051,1,1.800000131116964817e+09);
INSERT INTO "responses" VALUES(8,'job_e5889cd12981',0,'sim_00003',0,0.6866,1,1.80000013119820523252e+09);
INSERT INTO "responses" VALUES(9,'job_e5889cd12981',2,'sim_00001',0,0.6853,1,1.80000013140365743629e+09);
CREATE TABLE revisions (
	definition_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	pipeline_id VARCHAR NOT NULL, 
	dataset_id VARCHAR NOT NULL, 
	workflow JSON NOT NULL, 
	referee JSON NOT NULL, 
	feature_flags JSON NOT NULL, 
	campaign_feature_flags JSON NOT NULL, 
	aggregator_type VARCHAR, 
	validation_set_id VARCHAR, 
	base_revision_number INTEGER, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (definition_id, number), 
	FOREIGN KEY(definition_id) REFERENCES definitions (id) ON DELETE CASCADE, 
	FOREIGN KEY(dataset_id) REFERENCES datasets (id)
);
INSERT INTO "revisions" VALUES('jdf_724d2303de76',1,'ppl_a3b34efd31cf','dst_b45ce937a265','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which reads better?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 3}','[]','[]',NULL,NULL,NULL,1800000120.0);
INSERT INTO "revisions" VALUES('jdf_f17320d592d6',1,'ppl_01a27027c87e','dst_c7551f667803','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is nicer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 2}','[]','[]',NULL,NULL,NULL,1800000120.0);
INSERT INTO "revisions" VALUES('jdf_c7b04dbac2cb',1,'ppl_b24b6240f4e6','dst_24aa1f85a470','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is longer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 10}','[]','[]',NULL,NULL,NULL,1800000142.0);
INSERT INTO "revisions" VALUES('jdf_59010143e649',1,'ppl_f1ce1f764d7f','dst_5844dc29fbcd','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is clearer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 12}','[]','[]',NULL,NULL,NULL,1800000152.0);
CREATE TABLE uploads (
	account VARCHAR NOT NULL, 
	source TEXT NOT NULL, 
	file_name VARCHAR NOT NULL, 
	PRIMARY KEY (account, source)
);
INSERT INTO "uploads" VALUES('local','https://assets.rapidata.ai/flux_sign_diffusion.jpg','96f8f3ca-1d1f-4cf6-ad58-83894300fc0a.jpg');
INSERT INTO "uploads" VALUES('local','https://assets.rapidata.ai/mj_sign_diffusion.jpg','c1c72925-cbe0-44c7-ae21-8490014d8f31.jpg');
CREATE INDEX ix_batch_uploads_correlation_id ON batch_uploads (correlation_id);
CREATE INDEX ix_jobs_pipeline_id ON jobs (pipeline_id);
CREATE INDEX examples_by_audience ON examples (audience_id, position);
CREATE INDEX candidates_due ON candidates (audience_id, next_due);
CREATE INDEX datapoints_in_order ON datapoints (dataset_id, sort_index, arrived_at);
CREATE INDEX job_datapoints_open ON job_datapoints (job_id, settled, position);
CREATE UNIQUE INDEX one_response_each ON responses (job_id, position, labeler_id);
CREATE INDEX ix_ledger_key ON ledger ("key");
COMMIT;
